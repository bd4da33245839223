using System.Globalization;
using System.Text;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>Words on a sheet: one line, drawn letter after letter from left to right.</summary>
internal static class SheetText
{
    /// <summary>How high a line is, in pixels, with the space below it.</summary>
    public const int LineHeight = 18;

    private const float Size = 13;
    private const int Baseline = 13;
    private const string Ellipsis = "…";

    /// <summary>How long words are, in whole pixels.</summary>
    /// <param name="text">The words.</param>
    /// <param name="most">No more is measured.</param>
    public static int Width(string text, int most) =>
        (int)Math.Ceiling(Math.Min(most, Letters(text).Sum(letter => letter.Width)));

    /// <summary>Writes words in the middle of a line; what does not fit is cut off, and an ellipsis says so.</summary>
    /// <param name="canvas">What is written on.</param>
    /// <param name="text">The words.</param>
    /// <param name="left">Where the line begins.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="length">How long it is, in pixels.</param>
    /// <param name="colour">The colour of the letters.</param>
    public static void Draw(SKCanvas canvas, string text, int left, int top, int length, SKColor colour)
    {
        var letters = Fitted(text, length);
        var at = left + MathF.Floor((length - letters.Sum(letter => letter.Width)) / 2);
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        foreach (var letter in letters)
        {
            using var font = Font(letter.Text);
            canvas.DrawText(letter.Text, at, top + Baseline, SKTextAlign.Left, font, paint);
            at += letter.Width;
        }
    }

    private static List<(string Text, float Width)> Fitted(string text, int length)
    {
        var ellipsis = Letters(Ellipsis).Single();
        var fitted = new List<(string Text, float Width)>();
        var width = 0f;
        foreach (var letter in Letters(text))
        {
            fitted.Add(letter);
            width += letter.Width;
            if (width <= length)
                continue;
            while (fitted.Count > 0 && (width + ellipsis.Width > length || fitted[^1].Text == " "))
            {
                width -= fitted[^1].Width;
                fitted.RemoveAt(fitted.Count - 1);
            }

            fitted.Add(ellipsis);
            break;
        }

        return fitted;
    }

    /// <summary>What is seen as a letter each, with its accents; a line has no breaks.</summary>
    private static IEnumerable<(string Text, float Width)> Letters(string text)
    {
        var whole = string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormC);
        var elements = StringInfo.GetTextElementEnumerator(whole);
        while (elements.MoveNext())
        {
            var letter = elements.GetTextElement();
            if (Rune.IsControl(Rune.GetRuneAt(letter, 0)))
                letter = " ";
            using var font = Font(letter);
            yield return (letter, font.MeasureText(letter));
        }
    }

    private static SKFont Font(string letter) => new(SheetFont.For(Rune.GetRuneAt(letter, 0).Value), Size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
    };
}

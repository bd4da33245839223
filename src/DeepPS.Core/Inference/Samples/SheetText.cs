using System.Globalization;
using System.Text;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>Text on a sheet: one line, drawn letter by letter from left to right.</summary>
internal static class SheetText
{
    /// <summary>The height of a line in pixels, including the space below.</summary>
    public const int LineHeight = 18;

    private const float Size = 13;
    private const int Baseline = 13;
    private const string Ellipsis = "…";

    /// <summary>The width of a text in whole pixels.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The largest width to measure.</param>
    public static int Width(string text, int most) =>
        (int)Math.Ceiling(Math.Min(most, Letters(text).Sum(letter => letter.Width)));

    /// <summary>Draws text centered on a line; text that does not fit is cut off with an ellipsis.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="left">The left end of the line.</param>
    /// <param name="top">The top of the line.</param>
    /// <param name="length">The length of the line in pixels.</param>
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

    /// <summary>The letters (text elements) of a text, with line breaks and controls as spaces.</summary>
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

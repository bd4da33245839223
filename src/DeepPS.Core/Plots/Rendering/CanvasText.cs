using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Text on a canvas in the module's own font, since a machine may have none.</summary>
internal static class CanvasText
{
    private const string Ellipsis = "…";

    /// <summary>Draws one line; text that is too wide ends with an ellipsis.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The text.</param>
    /// <param name="x">The place of its left end, middle or right end.</param>
    /// <param name="baseline">The line under its letters.</param>
    /// <param name="size">The size in pixels.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="align">What <paramref name="x"/> is.</param>
    /// <param name="most">The largest width in pixels.</param>
    public static void Draw(SKCanvas canvas, string text, float x, float baseline, float size, SKColor colour,
        SKTextAlign align = SKTextAlign.Left, float most = float.MaxValue)
    {
        if (text.Length == 0)
            return;
        using var font = Font(text, size);
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(Fitted(text, font, most), x, baseline, align, font, paint);
    }

    /// <summary>The width of a text in pixels.</summary>
    public static float Width(string text, float size)
    {
        if (text.Length == 0)
            return 0;
        using var font = Font(text, size);
        return font.MeasureText(text);
    }

    private static string Fitted(string text, SKFont font, float most)
    {
        var length = text.Length;
        while (length > 0 && font.MeasureText(length == text.Length ? text : text[..length] + Ellipsis) > most)
            length--;
        return length == text.Length ? text : text[..length] + Ellipsis;
    }

    /// <summary>The font that has the letters of a text: where one is missing in ours, the system's for it.</summary>
    private static SKFont Font(string text, float size) => new(PlotFonts.For(text), size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
    };
}

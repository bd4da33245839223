using DeepPS.Inference;
using ScottPlot;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Gives plots the module's own font; ScottPlot would ask the system, which may have none.</summary>
internal sealed class PlotFonts : IFontResolver
{
    private static readonly Lazy<string> Installed = new(Install);

    /// <summary>The name of the font, which plots use from the first call on.</summary>
    public static string Name => Installed.Value;

    /// <summary>The typeface with the letters of a text.</summary>
    public static SKTypeface For(string text)
    {
        foreach (var letter in text.EnumerateRunes())
            if (letter.Value > sbyte.MaxValue && SheetFont.For(letter.Value) is var face
                && face.FamilyName != SheetFont.For('a').FamilyName)
                return face;
        return SheetFont.For('a');
    }

    /// <summary>A copy of its own, since ScottPlot disposes typefaces.</summary>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
    {
        using var stream = SheetFont.For('a').OpenStream(out var face);
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data, face);
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static string Install()
    {
        var name = SheetFont.For('a').FamilyName;
        Fonts.FontResolvers.Clear();
        Fonts.FontResolvers.Add(new PlotFonts());
        Fonts.Default = name;
        return name;
    }
}

using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Colours of a terminal.</summary>
internal static class Ansi
{
    private const string Reset = "\e[0m";

    /// <summary>A text in a colour of 24 bits; as it is where there are none.</summary>
    public static string Paint(string text, SKColor? colour, bool coloured) =>
        coloured && colour is { } c && text.Length > 0 ? $"\e[38;2;{c.Red};{c.Green};{c.Blue}m{text}{Reset}" : text;

    /// <summary>A text on a ground of a colour.</summary>
    public static string Ground(string text, SKColor ground, bool coloured)
    {
        var ink = Palette.On(ground);
        return coloured ? $"\e[48;2;{ground.Red};{ground.Green};{ground.Blue};38;2;{ink.Red};{ink.Green};{ink.Blue}m"
            + text + Reset : text;
    }
}

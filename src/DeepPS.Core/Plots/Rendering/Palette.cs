using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>The colours of a theme.</summary>
/// <remarks>The colours of series are those of Okabe and Ito, Color Universal Design (2008), which people with any kind
/// of colour blindness can tell apart.</remarks>
/// <param name="Ground">The background.</param>
/// <param name="Ink">Text and axes.</param>
/// <param name="Grid">Grid lines.</param>
/// <param name="Box">The background of boxes and legends.</param>
/// <param name="Colours">The colours of series in order.</param>
internal sealed record Palette(SKColor Ground, SKColor Ink, SKColor Grid, SKColor Box, IReadOnlyList<SKColor> Colours)
{
    private static readonly SKColor Blue = new(0x00, 0x72, 0xB2), Vermilion = new(0xD5, 0x5E, 0x00),
        Green = new(0x00, 0x9E, 0x73), Purple = new(0xCC, 0x79, 0xA7), Orange = new(0xE6, 0x9F, 0x00),
        SkyBlue = new(0x56, 0xB4, 0xE9), Yellow = new(0xF0, 0xE4, 0x42);

    public static Palette Of(PlotTheme theme) => theme is PlotTheme.Dark ? Dark : Light;

    public static Palette Light { get; } = new(SKColors.White, new(0x22, 0x22, 0x22), new(0xE4, 0xE4, 0xE4),
        new(0xF6, 0xF7, 0xF9), [Blue, Vermilion, Green, Purple, Orange, SkyBlue, SKColors.Black, Yellow]);

    /// <summary>On a dark ground sky blue is clearer than blue, so the two change places.</summary>
    public static Palette Dark { get; } = new(new(0x1B, 0x1E, 0x23), new(0xDD, 0xDD, 0xDD), new(0x38, 0x3D, 0x45),
        new(0x26, 0x2A, 0x31), [SkyBlue, Orange, Green, Purple, Vermilion, Yellow, SKColors.White, Blue]);

    /// <summary>The colour of a series by its place.</summary>
    public SKColor this[int place] => Colours[place % Colours.Count];

    /// <summary>A colour between the background and the first colour.</summary>
    /// <param name="share">0 for the background, 1 for the colour.</param>
    public SKColor Shade(double share)
    {
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        return new SKColor(Mix(Ground.Red, this[0].Red), Mix(Ground.Green, this[0].Green),
            Mix(Ground.Blue, this[0].Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + (to - from) * share);
    }

    /// <summary>Black or white, whichever can be read on a colour.</summary>
    public static SKColor On(SKColor ground) =>
        0.299 * ground.Red + 0.587 * ground.Green + 0.114 * ground.Blue > 140 ? SKColors.Black : SKColors.White;
}

using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Gives the numbers of a sheet's tiles their colours.</summary>
internal sealed class TilePainter(Sheet sheet, Palette palette)
{
    /// <summary>A tile as a bitmap, which the caller must dispose.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="side">The side of a number in pixels.</param>
    public SKBitmap Paint(Tile tile, int side)
    {
        var bitmap = new SKBitmap(new SKImageInfo(tile.Width * side, tile.Height * side, SKColorType.Rgba8888,
            SKAlphaType.Opaque));
        var colours = Colours(tile);
        for (var y = 0; y < bitmap.Height; y++)
            for (var x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, colours[y / side * tile.Width + x / side]);
        return bitmap;
    }

    /// <summary>The colour of each place of a tile, row by row.</summary>
    public SKColor[] Colours(Tile tile)
    {
        var places = tile.Width * tile.Height;
        var finite = tile.Values.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = sheet.IsSigned ? (-sheet.Largest, sheet.Largest) : (finite.Min(), finite.Max());
        var colours = new SKColor[places];
        for (var i = 0; i < places; i++)
            colours[i] = tile.Channels == 3
                ? new SKColor(Byte(i), Byte(i + places), Byte(i + 2 * places))
                : sheet.IsSigned ? Signed(tile.Values[i] / sheet.Largest)
                : new SKColor(Byte(i), Byte(i), Byte(i));
        return colours;

        byte Byte(int i) => high > low && float.IsFinite(tile.Values[i])
            ? (byte)Math.Round(255 * (tile.Values[i] - low) / (high - low)) : (byte)0;
    }

    /// <summary>Blue above 0, vermilion below, the background at 0: colour-blind people see the difference.</summary>
    private SKColor Signed(float share)
    {
        var to = share >= 0 ? palette[0] : palette[1];
        var strength = float.IsFinite(share) ? Math.Min(1, Math.Abs(share)) : 0;
        return new SKColor(Mix(palette.Ground.Red, to.Red), Mix(palette.Ground.Green, to.Green),
            Mix(palette.Ground.Blue, to.Blue));

        byte Mix(byte ground, byte colour) => (byte)Math.Round(ground + (colour - ground) * strength);
    }
}

using DeepPS.Data;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Tiles in rows, such as the filters of a layer, as data.</summary>
public sealed class Sheet : Drawing
{
    private const int Margin = 12, Gap = 6, HeadHeight = 40, LabelHeight = 18, SmallestSide = 56;
    private readonly int side, tileWidth, tileHeight;

    /// <summary>Makes a sheet.</summary>
    /// <param name="title">The title.</param>
    /// <param name="rows">The tiles, row by row.</param>
    /// <param name="isSigned">Whether tiles are weights: one scale for all, around 0. Else each has its own scale from
    /// its smallest to its largest number.</param>
    public Sheet(string title, IReadOnlyList<IReadOnlyList<Tile>> rows, bool isSigned)
        : base(title)
    {
        Rows = rows.Select(row => row.ToArray()).ToArray();
        IsSigned = isSigned;
        var (wide, high) = (Tiles.Max(tile => tile.Width), Tiles.Max(tile => tile.Height));
        side = (SmallestSide + Math.Max(wide, high) - 1) / Math.Max(wide, high);
        (tileWidth, tileHeight) = (Math.Max(wide * side, SmallestSide), high * side);
    }

    /// <summary>The tiles, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<Tile>> Rows { get; }

    /// <summary>Whether all tiles have one scale around 0.</summary>
    public bool IsSigned { get; }

    /// <inheritdoc/>
    public override (int Width, int Height) Size => (
        Math.Max(2 * Margin + Rows.Max(row => row.Count) * (tileWidth + Gap) - Gap,
            (int)CanvasText.Width(Title, 15) + 2 * Margin),
        HeadHeight + Rows.Count * (tileHeight + RowText + Gap) + Margin);

    internal IEnumerable<Tile> Tiles => Rows.SelectMany(row => row);

    /// <summary>The largest number of a signed sheet without its sign.</summary>
    internal float Largest => field > 0 ? field : field = Math.Max(float.Epsilon,
        Tiles.SelectMany(tile => tile.Values).Select(Math.Abs).Where(float.IsFinite).DefaultIfEmpty(1).Max());

    private int RowText => Tiles.Any(tile => tile.Label.Length > 0) ? LabelHeight : 0;

    /// <inheritdoc/>
    public override Drawing Titled(string title) => new Sheet(title, Rows, IsSigned);

    /// <inheritdoc/>
    public override string ToText(int width, bool colour) => SheetDots.Of(this, width, colour);

    internal override void Draw(SKCanvas canvas, int width, int height, Palette palette)
    {
        SkiaLibrary.Ensure();
        canvas.Clear(palette.Ground);
        CanvasText.Draw(canvas, Title, Margin, 26, 15, palette.Ink, SKTextAlign.Left, width - 2 * Margin);
        var (own, ownHeight) = Size;
        canvas.Translate(0, HeadHeight);
        canvas.Scale(Math.Min(width / (float)own, (height - HeadHeight) / (float)(ownHeight - HeadHeight)));
        foreach (var (y, row) in Rows.Index())
            foreach (var (x, tile) in row.Index())
            {
                var (left, top) = (Margin + x * (tileWidth + Gap), y * (tileHeight + RowText + Gap));
                var (wide, high) = (tile.Width * side, tile.Height * side);
                using var bitmap = new TilePainter(this, palette).Paint(tile, side);
                using var image = SKImage.FromBitmap(bitmap);
                var from = left + (tileWidth - wide) / 2;
                canvas.DrawImage(image, new SKRect(from, top, from + wide, top + high), SKSamplingOptions.Default);
                CanvasText.Draw(canvas, tile.Label, left + tileWidth / 2f, top + tileHeight + 13, 11, palette.Ink,
                    SKTextAlign.Center, tileWidth + Gap - 2);
            }
    }
}

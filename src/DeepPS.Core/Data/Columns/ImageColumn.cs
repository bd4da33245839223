using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An image per row, all of one shape, as bytes (channels, height, width).</summary>
/// <param name="name">The column's name.</param>
/// <param name="pixels">The images one after the other.</param>
/// <param name="shape">The shape of one image: channels, height, width.</param>
public sealed class ImageColumn(string name, byte[] pixels, Shape shape) : Column(name), IImages
{
    /// <summary>The images one after the other, each channels, height, width; 0 to 255.</summary>
    public byte[] Pixels { get; } = pixels;

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Image";

    /// <inheritdoc/>
    public override int Count => (int)(Pixels.LongLength / Shape.Size);

    /// <inheritdoc/>
    public override int Missing => 0;

    /// <inheritdoc/>
    public override object? this[int row] => Pixels.AsSpan((int)(row * Shape.Size), (int)Shape.Size).ToArray();

    /// <inheritdoc/>
    public override bool IsMissing(int row) => false;

    /// <inheritdoc/>
    public override string Describe() => $"{Shape} bytes";

    internal override long RowBytes => Shape.Size;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (ImageEncoder.Fit(this), "images");

    internal override void AddTo(ValueHash hash) => hash.Add<byte>(Pixels);

    ReadOnlyMemory<byte> IImages.Some(int first, int count) =>
        Pixels.AsMemory(first * (int)Shape.Size, count * (int)Shape.Size);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new ImageColumn(Name, ColumnRows.Take<byte>(Pixels, rows, (int)Shape.Size), Shape);

    private protected override Column Copy(string name) => new ImageColumn(name, Pixels, Shape);
}

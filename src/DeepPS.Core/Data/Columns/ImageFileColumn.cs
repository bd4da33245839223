using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// An image per row, all of one shape, in files: too many for memory. Pixels are decoded when they are needed.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="paths">The file of each image.</param>
/// <param name="shape">The shape of one image: channels, height, width.</param>
/// <param name="preparation">How a file becomes pixels.</param>
public sealed class ImageFileColumn(string name, string[] paths, Shape shape, ImagePreparation preparation)
    : Column(name), IImages
{
    /// <summary>The file of each image.</summary>
    public IReadOnlyList<string> Paths => paths;

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Image";

    /// <inheritdoc/>
    public override int Count => paths.Length;

    /// <inheritdoc/>
    public override int Missing => 0;

    /// <inheritdoc/>
    public override object? this[int row] => Pixels(row, 1);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => false;

    /// <inheritdoc/>
    public override string Describe() => $"{Shape} bytes, in files";

    internal override long RowBytes => IntPtr.Size;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (ImageEncoder.Fit(this), "images");

    internal override void AddTo(ValueHash hash) =>
        hash.Add(Paths.Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).Length}"));

    ReadOnlyMemory<byte> IImages.Some(int first, int count) => Pixels(first, count);

    /// <summary>The pixels of some images, one after the other, decoded on all cores.</summary>
    internal byte[] Pixels(int first, int count)
    {
        var size = (int)Shape.Size;
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * size));
        var failure = ImageBatch.Run(count, i =>
            preparation.Load(paths[first + i], Shape, pixels.AsSpan(i * size, size)));
        return failure is null ? pixels : throw failure;
    }

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new ImageFileColumn(Name, ColumnRows.Take<string>(paths, rows), Shape, preparation);

    private protected override Column Copy(string name) => new ImageFileColumn(name, paths, Shape, preparation);
}

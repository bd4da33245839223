using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>One image a row, all of one shape, in files: too many for memory. Their pixels are made as they are wanted.</summary>
/// <param name="name">The column's name.</param>
/// <param name="paths">The file of each image.</param>
/// <param name="shape">The shape of one image: channels, height, width.</param>
/// <param name="preparation">What is made of a file.</param>
public sealed class ImageFileColumn(string name, string[] paths, Shape shape, ImagePreparation preparation) : Column(name), IImages
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
    public override string Describe() => $"{Shape} bytes, made of files";

    internal override long RowBytes => IntPtr.Size;

    ReadOnlyMemory<byte> IImages.Some(int first, int count) => Pixels(first, count);

    /// <summary>The pixels of some images, one after the other, made on all cores.</summary>
    internal byte[] Pixels(int first, int count)
    {
        var size = (int)Shape.Size;
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * size));
        var failure = ImageBatch.Run(count, i => preparation.Load(paths[first + i], Shape, pixels.AsSpan(i * size, size)));
        return failure is null ? pixels : throw failure;
    }

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new ImageFileColumn(Name, ColumnRows.Take<string>(paths, rows), Shape, preparation);

    private protected override Column Copy(string name) => new ImageFileColumn(name, paths, Shape, preparation);
}

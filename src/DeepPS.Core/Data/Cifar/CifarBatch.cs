using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The records of one binary CIFAR file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Records">The records one after the other.</param>
internal sealed record CifarBatch(string Name, ReadOnlyMemory<byte> Records)
{
    private const int Chunk = 1 << 16;

    /// <summary>More bytes than the largest file of this form has, the training part of CIFAR-100.</summary>
    private const int Most = 1 << 28;

    /// <summary>Reads a file to its end.</summary>
    /// <param name="path">The file or archive, for errors.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">The file.</param>
    /// <param name="form">The form of its records.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// <c>NotCifar</c>: it does not consist of such records; the errors of <see cref="FileSet"/>.
    /// </exception>
    public static CifarBatch Read(string path, string name, Stream content, CifarForm form, CancellationToken cancel)
    {
        var bytes = new byte[Chunk];
        var length = 0;
        while (content.Read(bytes, length, bytes.Length - length) is > 0 and var count)
        {
            cancel.ThrowIfCancellationRequested();
            length += count;
            if (length > Most)
                throw NotCifar(path, name, $"it has more than {Most:N0} bytes");
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, Most + 1L));
        }

        if (length == 0 || length % form.RecordSize != 0)
            throw NotCifar(path, name, $"it has {length:N0} bytes, not a multiple of a record's {form.RecordSize:N0}");
        return new CifarBatch(name, bytes.AsMemory(0, length));
    }

    /// <summary>Copies images and labels to their places.</summary>
    /// <param name="form">The form of the records.</param>
    /// <param name="label">The place of the label in a record.</param>
    /// <param name="pixels">Takes the images.</param>
    /// <param name="codes">Takes the labels.</param>
    public void CopyTo(CifarForm form, int label, Span<byte> pixels, Span<int> codes)
    {
        var size = (int)CifarForm.ImageShape.Size;
        for (var i = 0; i < Records.Length / form.RecordSize; i++)
        {
            var record = Records.Span.Slice(i * form.RecordSize, form.RecordSize);
            codes[i] = record[label];
            record[form.Labels.Count..].CopyTo(pixels.Slice(i * size, size));
        }
    }

    public static DlException NotCifar(string path, string name, string why) => new("NotCifar", DlErrorKind.InvalidData,
        $"'{name}' in '{path}' cannot be read as a binary CIFAR file: {why}.", path);
}

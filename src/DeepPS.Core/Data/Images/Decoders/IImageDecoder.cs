using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Knows the files of one format, and opens them.</summary>
internal interface IImageDecoder
{
    /// <summary>The format's name.</summary>
    string Format { get; }

    /// <summary>How files of the format are usually called: <c>.jpg</c>, ...</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file is of the format, by its first bytes.</summary>
    bool Knows(ReadOnlySpan<byte> start);

    /// <summary>Reads what a file says of its image. No room is made for pixels.</summary>
    /// <param name="file">The whole file. It stays as it is until the image is disposed of.</param>
    /// <exception cref="ImageFormatException">The bytes are no image of the format.</exception>
    /// <exception cref="DlException"><c>ImageLibraryNotFound</c>.</exception>
    IEncodedImage Open(ReadOnlyMemory<byte> file);
}

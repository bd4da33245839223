using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Recognises and opens the files of one format.</summary>
internal interface IImageDecoder
{
    /// <summary>The format's name.</summary>
    string Format { get; }

    /// <summary>The usual extensions of the format: <c>.jpg</c>, ...</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file is of the format, by its first bytes.</summary>
    bool Knows(ReadOnlySpan<byte> start);

    /// <summary>Reads the header of a file. Allocates no pixels.</summary>
    /// <param name="file">The whole file. It must not change until the image is disposed.</param>
    /// <exception cref="ImageFormatException">The bytes are not an image of the format.</exception>
    /// <exception cref="DlException"><c>ImageLibraryNotFound</c>.</exception>
    IEncodedImage Open(ReadOnlyMemory<byte> file);
}

namespace DeepPS;

/// <summary>Makes pixels of the files of one format.</summary>
internal interface IImageDecoder
{
    /// <summary>The format's name.</summary>
    string Format { get; }

    /// <summary>How files of the format are usually called: <c>.jpg</c>, ...</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file is of the format, by its first bytes.</summary>
    bool Knows(ReadOnlySpan<byte> start);

    /// <summary>The size and the orientation of an image.</summary>
    /// <param name="file">The file, or its beginning where the rest is not needed.</param>
    /// <exception cref="ImageFormatException">The bytes are no image of the format.</exception>
    ImageHeader ReadHeader(ReadOnlySpan<byte> file);

    /// <summary>
    /// The pixels of an image whose header was read and found not too large. Alpha is dropped; of 16 bits the upper 8 are taken.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="header">What <see cref="ReadHeader"/> gave.</param>
    /// <param name="request">What is wanted of it.</param>
    /// <param name="pixels">Takes the image: of 1 channel where it is grey, else of 3.</param>
    /// <exception cref="ImageFormatException">The bytes are no image of the format.</exception>
    /// <exception cref="DlException"><c>JpegDecoderNotFound</c>: the machine lacks the library.</exception>
    void Decode(ReadOnlyMemory<byte> file, ImageHeader header, DecodeRequest request, PixelBuffer pixels);
}

/// <summary>What is wanted of an image, where a decoder can save work by knowing it.</summary>
/// <param name="Grey">Whether only its brightness is wanted.</param>
/// <param name="Reduction">1, 2, 4 or 8: the image may be given so many times smaller.</param>
internal readonly record struct DecodeRequest(bool Grey, int Reduction);

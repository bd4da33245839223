namespace DeepPS.Data;

/// <summary>An image in its file, whose header was read.</summary>
internal interface IEncodedImage : IDisposable
{
    /// <summary>The image's size and orientation.</summary>
    ImageHeader Header { get; }

    /// <summary>
    /// Decodes its pixels, after the header was found not too large. Drops alpha, applies no colour profile, and keeps
    /// the upper 8 of 16 bits.
    /// </summary>
    /// <param name="reduction">
    /// 1, 2, 4 or 8: the decoder may reduce the image by this factor where that saves work.
    /// </param>
    /// <param name="pixels">Takes the image: 1 channel where it is stored in grey, else 3.</param>
    /// <exception cref="ImageFormatException">The file is damaged or cut short.</exception>
    void Decode(int reduction, PixelBuffer pixels);
}

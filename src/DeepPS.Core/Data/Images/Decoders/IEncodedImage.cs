namespace DeepPS.Data;

/// <summary>An image in its file, whose header was read.</summary>
internal interface IEncodedImage : IDisposable
{
    /// <summary>The image's size and orientation.</summary>
    ImageHeader Header { get; }

    /// <summary>
    /// Makes its pixels, once its header was found not too large. Alpha is dropped, no colour profile is applied, and
    /// of 16 bits the upper 8 are taken.
    /// </summary>
    /// <param name="reduction">1, 2, 4 or 8: it may be given so many times smaller where that saves work.</param>
    /// <param name="pixels">Takes the image: of 1 channel where it is stored in grey, else of 3.</param>
    /// <exception cref="ImageFormatException">The file is damaged or cut short.</exception>
    void Decode(int reduction, PixelBuffer pixels);
}

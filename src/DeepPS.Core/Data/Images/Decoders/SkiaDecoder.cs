namespace DeepPS.Data;

/// <summary>A format whose files Skia reads.</summary>
/// <param name="format">Its name.</param>
/// <param name="extensions">The usual extensions.</param>
/// <param name="start">The first bytes, one character per byte; a ? is any byte.</param>
/// <param name="check">The further check.</param>
/// <param name="scales">Whether decoding can reduce an image without loss of quality.</param>
internal sealed class SkiaDecoder(
    string format, string[] extensions, string start, FileCheck check, bool scales = false) : IImageDecoder
{
    public string Format => format;

    public IReadOnlyList<string> Extensions => extensions;

    public bool Knows(ReadOnlySpan<byte> first) => FileStart.Fits(first, start);

    public IEncodedImage Open(ReadOnlyMemory<byte> file)
    {
        var image = new SkiaImage(file, format, scales);
        try
        {
            var (width, height, _) = image.Header;
            if (check(file.Span, new ImageSize(height, width)) is { } orientation)
                image.Header = image.Header with { Orientation = orientation };
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}

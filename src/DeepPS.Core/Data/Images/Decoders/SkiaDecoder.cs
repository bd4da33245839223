namespace DeepPS.Data;

/// <summary>A format whose files Skia reads.</summary>
/// <param name="format">Its name.</param>
/// <param name="extensions">How its files are called.</param>
/// <param name="start">What they begin with, a character a byte; a ? is any byte.</param>
/// <param name="check">What is looked at besides.</param>
/// <param name="scales">Whether an image can be made smaller while it is decoded, without looking worse.</param>
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

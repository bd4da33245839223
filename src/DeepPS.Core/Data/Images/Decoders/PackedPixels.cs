namespace DeepPS.Data;

/// <summary>
/// Compares the size of a GIF or WebP image with that of its file. A few bytes can stand for any number of pixels of
/// one colour, so that no size is impossible; but a large image of very few bytes is not a picture.
/// </summary>
internal static class PackedPixels
{
    private const long AlwaysTaken = 4_000_000, PixelsPerByte = 4096;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size) =>
        (long)size.Width * size.Height <= Math.Max(AlwaysTaken, PixelsPerByte * file.Length) ? null
            : throw new ImageFormatException($"claims to be {size}, which {file.Length:N0} bytes cannot hold");
}

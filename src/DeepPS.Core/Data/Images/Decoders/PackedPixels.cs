namespace DeepPS.Data;

/// <summary>
/// The size of a GIF or WebP image beside its file's. Both can say of a few bytes that they are any number of pixels
/// of one colour, so that no size is impossible; but one that is large and has next to no bytes is no picture.
/// </summary>
internal static class PackedPixels
{
    private const long AlwaysTaken = 4_000_000, PixelsPerByte = 4096;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size) =>
        (long)size.Width * size.Height <= Math.Max(AlwaysTaken, PixelsPerByte * file.Length) ? null
            : throw new ImageFormatException($"says that it is {size}, which {file.Length:N0} bytes cannot hold");
}

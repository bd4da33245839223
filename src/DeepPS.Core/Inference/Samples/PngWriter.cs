using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>Writes pictures as PNG: 8 bits per channel, gray or color.</summary>
internal static class PngWriter
{
    /// <summary>Writes a picture to a stream.</summary>
    public static void Write(Stream stream, SKBitmap picture)
    {
        using var data = Encoded(picture);
        data.SaveTo(stream);
    }

    /// <summary>A picture as the bytes of a PNG file.</summary>
    public static byte[] Bytes(Picture picture)
    {
        using var bitmap = picture.ToBitmap();
        using var data = Encoded(bitmap);
        return data.ToArray();
    }

    private static SKData Encoded(SKBitmap picture)
    {
        using var pixels = picture.PeekPixels();
        return pixels.Encode(SKPngEncoderOptions.Default)
            ?? throw new OutOfMemoryException(
                $"A PNG file of {picture.Width}x{picture.Height} pixels does not fit into memory.");
    }
}

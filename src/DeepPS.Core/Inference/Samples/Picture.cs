using DeepPS.Common;
using DeepPS.Data;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>A picture: rows of pixels from the top, each of one byte (grey) or three (red, green, blue).</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Bytes">The pixels.</param>
internal sealed record Picture(int Width, int Height, int Channels, byte[] Bytes)
{
    /// <summary>Makes a picture from an image of a column.</summary>
    /// <param name="planes">The image: channels, height, width.</param>
    /// <param name="shape">Its shape. Of two channels it shows the first, of four or more the first three.</param>
    public static Picture Of(ReadOnlySpan<byte> planes, Shape shape)
    {
        var (height, width) = ((int)shape[1], (int)shape[2]);
        var channels = shape[0] < 3 ? 1 : 3;
        var bytes = new byte[height * width * channels];
        for (var channel = 0; channel < channels; channel++)
            for (var i = 0; i < height * width; i++)
                bytes[i * channels + channel] = planes[channel * height * width + i];
        return new Picture(width, height, channels, bytes);
    }

    /// <summary>Scales by a whole factor so the longer side gets as near to a size as possible, but not longer: repeats
    /// pixels of small pictures, averages pixels of large ones.</summary>
    public Picture Scaled(int size)
    {
        var longer = Math.Max(Width, Height);
        return longer <= size ? Enlarged(size / longer) : Reduced((longer + size - 1) / size);
    }

    /// <summary>The picture as a Skia bitmap, which the caller must dispose.</summary>
    /// <exception cref="DlException"><c>ImageLibraryNotFound</c>.</exception>
    public SKBitmap ToBitmap()
    {
        SkiaLibrary.Ensure();
        var type = Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888;
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, type, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < Height; y++)
        {
            var from = Bytes.AsSpan(y * Width * Channels, Width * Channels);
            var to = pixels[(y * bitmap.RowBytes)..];
            if (Channels == 1)
                from.CopyTo(to);
            else
                for (var x = 0; x < Width; x++)
                {
                    from.Slice(3 * x, 3).CopyTo(to[(4 * x)..]);
                    to[4 * x + 3] = byte.MaxValue;
                }

        }

        return bitmap;
    }

    private Picture Enlarged(int times) =>
        Make(Width * times, Height * times, (x, y, channel) => At(x / times, y / times, channel));

    private Picture Reduced(int times) => Make((Width + times - 1) / times, (Height + times - 1) / times,
        (x, y, channel) =>
    {
        var (right, bottom) = (Math.Min(Width, (x + 1) * times), Math.Min(Height, (y + 1) * times));
        var (sum, count) = (0, 0);
        for (var row = y * times; row < bottom; row++)
            for (var column = x * times; column < right; column++, count++)
                sum += At(column, row, channel);
        return (byte)((sum + count / 2) / count);
    });

    private byte At(int x, int y, int channel) => Bytes[(y * Width + x) * Channels + channel];

    private Picture Make(int width, int height, Func<int, int, int, byte> value)
    {
        var bytes = new byte[width * height * Channels];
        var i = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var channel = 0; channel < Channels; channel++)
                    bytes[i++] = value(x, y, channel);
        return new Picture(width, height, Channels, bytes);
    }
}

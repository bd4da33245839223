namespace DeepPS.Data;

/// <summary>
/// A decoded image: row after row, the channels of a pixel beside each other. It is reused for the next image.
/// </summary>
internal sealed class PixelBuffer
{
    private readonly ReusedArray bytes = new();

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; private set; }

    /// <summary>The number of bytes of a pixel: 1, or 4 of which the last is unused.</summary>
    public int Step => Channels == 1 ? 1 : 4;

    /// <summary>The number of bytes of a row.</summary>
    public int Stride => Width * Step;

    public Span<byte> Pixels => bytes.Span(Stride * Height);

    /// <summary>Allocates space for an image; its content is undefined.</summary>
    public Span<byte> Reserve(int width, int height, int channels)
    {
        (Width, Height, Channels) = (width, height, channels);
        return Pixels;
    }

    public ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Stride);

    /// <summary>Converts three channels to one of brightness by PIL's formula, with the same bits.</summary>
    public void ToGrey()
    {
        if (Channels == 1)
            return;
        var pixels = Pixels;
        var count = Width * Height;
        for (int i = 0, at = 0; i < count; i++, at += 4)
            pixels[i] = (byte)((pixels[at] * 19595 + pixels[at + 1] * 38470 + pixels[at + 2] * 7471 + 0x8000) >> 16);
        Channels = 1;
    }

    /// <summary>Frees memory that an unusually large image needed.</summary>
    public void Trim() => bytes.Trim();
}

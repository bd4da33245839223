namespace DeepPS.Data;

/// <summary>
/// An image as a decoder gives it: row after row, the channels of a pixel beside each other. It is used for one image
/// after the other.
/// </summary>
internal sealed class PixelBuffer
{
    private readonly ReusedArray bytes = new();

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; private set; }

    /// <summary>How many bytes a pixel has: 1, or 4 of which the last says nothing.</summary>
    public int Step => Channels == 1 ? 1 : 4;

    /// <summary>How many bytes a row has.</summary>
    public int Stride => Width * Step;

    public Span<byte> Pixels => bytes.Span(Stride * Height);

    /// <summary>Makes room for an image. What the room holds is not defined.</summary>
    public Span<byte> Reserve(int width, int height, int channels)
    {
        (Width, Height, Channels) = (width, height, channels);
        return Pixels;
    }

    public ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Stride);

    /// <summary>Makes one channel of brightness of three: PIL's formula, to the last bit.</summary>
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

    /// <summary>Gives memory back that an unusually large image needed.</summary>
    public void Trim() => bytes.Trim();
}

using System.Buffers;
using SkiaSharp;

namespace DeepPS.Data;

/// <summary>The first image in a file that Skia reads. The file's bytes are not copied.</summary>
internal sealed class SkiaImage : IEncodedImage
{
    private readonly bool scales;
    private readonly MemoryHandle pin;
    private readonly SKData data;
    private readonly SKCodec codec;
    private readonly bool grey;

    /// <param name="file">The file.</param>
    /// <param name="format">The name of its format.</param>
    /// <param name="scales">Whether decoding may reduce the image.</param>
    /// <exception cref="ImageFormatException">Its header cannot be read.</exception>
    public unsafe SkiaImage(ReadOnlyMemory<byte> file, string format, bool scales)
    {
        SkiaLibrary.Ensure();
        this.scales = scales;
        pin = file.Pin();
        data = SKData.Create((nint)pin.Pointer, file.Length);
        codec = SKCodec.Create(data);
        if (codec is null)
        {
            Dispose();
            throw new ImageFormatException($"has a {format} header that cannot be read: it is damaged or cut short");
        }

        var info = codec.Info;
        grey = info.ColorType == SKColorType.Gray8;
        Header = new ImageHeader(info.Width, info.Height, ImageOrientation.Of((int)codec.EncodedOrigin));
    }

    public ImageHeader Header { get; set; }

    public unsafe void Decode(int reduction, PixelBuffer pixels)
    {
        var size = scales && reduction > 1
            ? codec.GetScaledDimensions(1f / reduction) : new SKSizeI(Header.Width, Header.Height);
        // Without a colour space, pixels keep the numbers of the file.
        var info = new SKImageInfo(size.Width, size.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888,
            grey ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        fixed (byte* to = pixels.Reserve(size.Width, size.Height, grey ? 1 : 3))
        {
            switch (codec.GetPixels(info, (nint)to))
            {
                case SKCodecResult.Success:
                    return;
                case SKCodecResult.IncompleteInput:
                    throw new ImageFormatException("was cut short, or is damaged");
                case SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput:
                    throw new ImageFormatException("is damaged: its pixels cannot be decoded");
                case var other:
                    throw new ImageFormatException($"cannot be decoded ({other})");
            }
        }
    }

    public void Dispose()
    {
        codec?.Dispose();
        data.Dispose();
        pin.Dispose();
    }
}

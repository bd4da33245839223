namespace DeepPS;

/// <summary>JPEG, through libjpeg-turbo.</summary>
internal sealed class JpegDecoder : IImageDecoder
{
    public string Format => "JPEG";

    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe", ".jfif"];

    public bool Knows(ReadOnlySpan<byte> start) => start.StartsWith<byte>([0xFF, 0xD8, 0xFF]);

    public ImageHeader ReadHeader(ReadOnlySpan<byte> file) => JpegMarkers.Read(file).Header;

    public void Decode(ReadOnlyMemory<byte> file, ImageHeader header, DecodeRequest request, PixelBuffer pixels)
    {
        var components = JpegMarkers.Read(file.Span).Components;
        var (width, height) = (Reduced(header.Width, request.Reduction), Reduced(header.Height, request.Reduction));
        if (components == 4)
        {
            DecodeInks(file.Span, width, height, pixels);
            return;
        }

        var channels = components == 1 || request.Grey ? 1 : 3;
        TurboJpeg.Decode(file.Span, width, height, channels == 1 ? TurboPixels.Grey : TurboPixels.Rgb, pixels.Reserve(width, height, channels));
    }

    /// <summary>Four inks, each stored as what it leaves of the light, as Adobe's programs do: a channel is its ink times black.</summary>
    private static void DecodeInks(ReadOnlySpan<byte> file, int width, int height, PixelBuffer pixels)
    {
        var inks = GC.AllocateUninitializedArray<byte>(4 * width * height);
        TurboJpeg.Decode(file, width, height, TurboPixels.Inks, inks);
        var colours = pixels.Reserve(width, height, 3);
        for (int from = 0, to = 0; from < inks.Length; from += 4)
            for (var channel = 0; channel < 3; channel++)
                colours[to++] = (byte)((inks[from + channel] * inks[from + 3] + 127) / 255);
    }

    private static int Reduced(int size, int reduction) => (size + reduction - 1) / reduction;
}

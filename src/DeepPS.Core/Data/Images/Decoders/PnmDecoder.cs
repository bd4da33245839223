namespace DeepPS;

/// <summary>Netpbm's formats P1 to P6: bits, grey and colour, as text or as bytes, of up to 16 bits a sample.</summary>
internal sealed class PnmDecoder : IImageDecoder
{
    private const int LargestSample = 65535;

    public string Format => "PNM";

    public IReadOnlyList<string> Extensions { get; } = [".pnm", ".pbm", ".pgm", ".ppm"];

    /// <summary>A letter and a digit are what a table may begin with too: so a number has to follow, or a comment.</summary>
    public bool Knows(ReadOnlySpan<byte> start) =>
        start.Length > 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'6' && IsSpace(start[2])
        && start[2..].IndexOfAnyExcept(" \t\r\n"u8) is var first and > 0 && start[2 + first] is (>= (byte)'0' and <= (byte)'9') or (byte)'#';

    public ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        var at = 2;
        return ReadHeader(file, ref at).Header;
    }

    public void Decode(ReadOnlyMemory<byte> memory, ImageHeader header, DecodeRequest request, PixelBuffer pixels)
    {
        var file = memory.Span;
        var at = 2;
        var (_, largest) = ReadHeader(file, ref at);
        var format = file[1] - '0';
        var channels = format is 3 or 6 ? 3 : 1;
        var count = (long)header.Width * header.Height * channels;
        var least = format switch
        {
            4 => ((long)header.Width + 7) / 8 * header.Height,
            5 or 6 => count * (largest > 255 ? 2 : 1),
            _ => count,
        };
        if (least > file.Length - at)
            throw new ImageFormatException("was cut short");
        var to = pixels.Reserve(header.Width, header.Height, channels);
        switch (format)
        {
            case 1:
                ReadTextBits(file, at, to);
                break;
            case 4:
                ReadBits(file[at..], header.Width, to);
                break;
            case 2 or 3:
                for (var i = 0; i < to.Length; i++)
                    to[i] = Scaled(Number(file, ref at), largest);
                break;
            default:
                ReadBytes(file[at..], to, largest);
                break;
        }
    }

    private static (ImageHeader Header, int Largest) ReadHeader(ReadOnlySpan<byte> file, ref int at)
    {
        var (width, height) = (Number(file, ref at), Number(file, ref at));
        var largest = file[1] is (byte)'1' or (byte)'4' ? 1 : Number(file, ref at);
        if (width == 0 || height == 0 || largest is 0 or > LargestSample)
            throw new ImageFormatException($"has a size of {width}x{height} and samples up to {largest}");
        at++;
        return (new ImageHeader(width, height, default), largest);
    }

    /// <summary>The next number of a text; comments and spaces before it are passed over.</summary>
    private static int Number(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && (IsSpace(file[at]) || file[at] == '#'))
            if (file[at++] == '#')
                while (at < file.Length && file[at] is not ((byte)'\n' or (byte)'\r'))
                    at++;
        var (number, first) = (0L, at);
        for (; at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && number <= int.MaxValue; at++)
            number = 10 * number + file[at] - '0';
        return at > first && number <= int.MaxValue ? (int)number
            : throw new ImageFormatException(at >= file.Length ? "was cut short" : $"has no number where one belongs, at byte {at:N0}");
    }

    private static void ReadTextBits(ReadOnlySpan<byte> file, int at, Span<byte> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            while (at < file.Length && IsSpace(file[at]))
                at++;
            if (at >= file.Length)
                throw new ImageFormatException("was cut short");
            if (file[at] is not ((byte)'0' or (byte)'1'))
                throw new ImageFormatException($"has a byte {file[at]} where 0 or 1 belongs");
            to[i] = (byte)(file[at++] == '0' ? 255 : 0);
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> rows, int width, Span<byte> to)
    {
        for (int row = 0, first = 0; first < to.Length; first += width, row += (width + 7) / 8)
            for (var x = 0; x < width; x++)
                to[first + x] = (byte)(((rows[row + x / 8] >> (7 - x % 8)) & 1) == 1 ? 0 : 255);
    }

    private static void ReadBytes(ReadOnlySpan<byte> samples, Span<byte> to, int largest)
    {
        if (largest == 255)
            samples[..to.Length].CopyTo(to);
        else if (largest < 255)
            for (var i = 0; i < to.Length; i++)
                to[i] = Scaled(samples[i], largest);
        else
            for (var i = 0; i < to.Length; i++)
                to[i] = Scaled(samples[2 * i] << 8 | samples[2 * i + 1], largest);
    }

    private static byte Scaled(int sample, int largest) => (byte)((Math.Min(sample, largest) * 255L + largest / 2) / largest);

    private static bool IsSpace(byte value) => value is (byte)' ' or >= 9 and <= 13;
}

namespace DeepPS.Data;

/// <summary>An image in a Netpbm file.</summary>
internal sealed class PnmImage : IEncodedImage
{
    private const int LargestSample = 65535;
    private readonly ReadOnlyMemory<byte> file;
    private readonly int largest, first = 2;

    /// <param name="file">The file.</param>
    /// <exception cref="ImageFormatException">Its header cannot be read.</exception>
    public PnmImage(ReadOnlyMemory<byte> file)
    {
        this.file = file;
        (Header, largest) = ReadHeader(file.Span, ref first);
    }

    public ImageHeader Header { get; }

    public void Decode(int reduction, PixelBuffer pixels)
    {
        var bytes = file.Span;
        var at = first;
        var format = bytes[1] - '0';
        var channels = format is 3 or 6 ? 3 : 1;
        var count = (long)Header.Width * Header.Height * channels;
        var least = format switch
        {
            4 => ((long)Header.Width + 7) / 8 * Header.Height,
            5 or 6 => count * (largest > 255 ? 2 : 1),
            _ => count,
        };
        if (least > bytes.Length - at)
            throw new ImageFormatException("was cut short");
        var to = pixels.Reserve(Header.Width, Header.Height, channels);
        switch (format)
        {
            case 1:
                ReadTextBits(bytes, at, to);
                break;
            case 4:
                ReadBits(bytes[at..], Header.Width, to);
                break;
            case 2 or 3:
                for (var i = 0; i < count; i++)
                    to[Place(i, channels)] = Scaled(Number(bytes, ref at), largest);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    var sample = largest > 255 ? bytes[at + 2 * i] << 8 | bytes[at + 2 * i + 1] : bytes[at + i];
                    to[Place(i, channels)] = Scaled(sample, largest);
                }

                break;
        }
    }

    public void Dispose()
    {
        // It holds only the file's bytes, which belong to the caller.
    }

    /// <summary>The place of a sample: a pixel of three takes four bytes.</summary>
    private static int Place(int sample, int channels) => channels == 1 ? sample : sample + sample / 3;

    private static (ImageHeader Header, int Largest) ReadHeader(ReadOnlySpan<byte> file, ref int at)
    {
        var (width, height) = (Number(file, ref at), Number(file, ref at));
        var largest = file[1] is (byte)'1' or (byte)'4' ? 1 : Number(file, ref at);
        if (width == 0 || height == 0 || largest is 0 or > LargestSample)
            throw new ImageFormatException($"has a size of {width}x{height} and samples up to {largest}");
        at++;
        return (new ImageHeader(width, height, default), largest);
    }

    /// <summary>Reads the next number of a text, and skips comments and spaces before it.</summary>
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
            : throw new ImageFormatException(
                at >= file.Length ? "was cut short" : $"must have a number at byte {at:N0}");
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
                throw new ImageFormatException($"must have 0 or 1 where it has byte {file[at]}");
            to[i] = (byte)(file[at++] == '0' ? 255 : 0);
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> rows, int width, Span<byte> to)
    {
        for (int row = 0, first = 0; first < to.Length; first += width, row += (width + 7) / 8)
            for (var x = 0; x < width; x++)
                to[first + x] = (byte)(((rows[row + x / 8] >> (7 - x % 8)) & 1) == 1 ? 0 : 255);
    }

    private static byte Scaled(int sample, int largest) =>
        (byte)((Math.Min(sample, largest) * 255L + largest / 2) / largest);

    public static bool IsSpace(byte value) => value is (byte)' ' or >= 9 and <= 13;
}

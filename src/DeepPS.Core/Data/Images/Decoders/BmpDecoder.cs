using System.Buffers.Binary;

namespace DeepPS;

/// <summary>Windows bitmaps of 1, 4, 8, 16, 24 and 32 bits a pixel, bottom-up or top-down, not compressed. Alpha is dropped.</summary>
internal sealed class BmpDecoder : IImageDecoder
{
    private const int FileHeader = 14, CoreHeader = 12, InfoHeader = 40;
    private const int Plain = 0, Masks = 3, MasksWithAlpha = 6;

    /// <summary>The sizes that headers have had.</summary>
    private static readonly int[] HeaderSizes = [CoreHeader, InfoHeader, 52, 56, 64, 108, 124];

    private readonly record struct Layout(int Width, int Height, bool TopDown, int Bits, int Offset, uint[] Channels, int PaletteAt, int Entry, int Colours)
    {
        public long Stride => ((long)Width * Bits + 31) / 32 * 4;
    }

    public string Format => "BMP";

    public IReadOnlyList<string> Extensions { get; } = [".bmp", ".dib"];

    public bool Knows(ReadOnlySpan<byte> start) =>
        start.StartsWith("BM"u8) && start.Length >= FileHeader + 4 && HeaderSizes.Contains(Int(start, FileHeader));

    public ImageHeader ReadHeader(ReadOnlySpan<byte> file) => Read(file) is var layout ? new(layout.Width, layout.Height, default) : default;

    public void Decode(ReadOnlyMemory<byte> memory, ImageHeader header, DecodeRequest request, PixelBuffer pixels)
    {
        var file = memory.Span;
        var layout = Read(file);
        if (layout.Offset < 0 || layout.Offset + layout.Stride * layout.Height > file.Length)
            throw new ImageFormatException("was cut short");
        var to = pixels.Reserve(layout.Width, layout.Height, 3);
        for (var y = 0; y < layout.Height; y++)
        {
            var row = file.Slice((int)(layout.Offset + layout.Stride * (layout.TopDown ? y : layout.Height - 1 - y)), (int)layout.Stride);
            var line = to.Slice(y * 3 * layout.Width, 3 * layout.Width);
            if (layout.Bits <= 8)
                WriteIndexed(row, line, layout, file);
            else if (layout.Channels.Length > 0)
                WriteMasked(row, line, layout);
            else
                for (int from = 0, at = 0; at < line.Length; from += layout.Bits / 8, at += 3)
                    (line[at], line[at + 1], line[at + 2]) = (row[from + 2], row[from + 1], row[from]);
        }
    }

    private static Layout Read(ReadOnlySpan<byte> file)
    {
        var size = file.Length >= FileHeader + 4 ? Int(file, FileHeader) : 0;
        if (!HeaderSizes.Contains(size) || file.Length < FileHeader + size)
            throw new ImageFormatException("ends within its header");
        var core = size == CoreHeader;
        var (width, height) = core ? (Short(file, 18), Short(file, 20)) : (Int(file, 18), Int(file, 22));
        var bits = Short(file, core ? 24 : 28);
        var compression = core ? Plain : Int(file, 30);
        var topDown = height < 0;
        if (width <= 0 || height is 0 or int.MinValue)
            throw new ImageFormatException($"has a size of {width}x{height}");
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32))
            throw new ImageFormatException($"has {bits} bits a pixel; 1, 4, 8, 16, 24 and 32 can be read");
        if (compression is not (Plain or Masks or MasksWithAlpha))
            throw new ImageFormatException($"is compressed (method {compression}); save it without compression");
        var colours = core || Int(file, 46) is var used && (used <= 0 || used > 1 << Math.Min(bits, 8)) ? 1 << Math.Min(bits, 8) : used;
        return new Layout(width, Math.Abs(height), topDown, bits, Int(file, 10), ChannelMasks(file, bits, compression), FileHeader + size, core ? 3 : 4, colours);
    }

    /// <summary>The bits of red, green and blue; none where they are whole bytes in the usual order.</summary>
    private static uint[] ChannelMasks(ReadOnlySpan<byte> file, int bits, int compression)
    {
        if (bits is not (16 or 32) || compression == Plain)
            return bits == 16 ? [0x7C00, 0x03E0, 0x001F] : [];
        if (file.Length < FileHeader + InfoHeader + 12)
            throw new ImageFormatException("ends within its header");
        uint[] masks = [(uint)Int(file, 54), (uint)Int(file, 58), (uint)Int(file, 62)];
        return masks.Contains(0u) ? throw new ImageFormatException("has no bits for one of its colours") : masks;
    }

    private static void WriteIndexed(ReadOnlySpan<byte> row, Span<byte> line, in Layout layout, ReadOnlySpan<byte> file)
    {
        for (int i = 0, at = 0; at < line.Length; i++, at += 3)
        {
            var bit = (long)i * layout.Bits;
            var colour = (row[(int)(bit / 8)] >> (8 - layout.Bits - (int)(bit % 8))) & ((1 << layout.Bits) - 1);
            var from = layout.PaletteAt + colour * layout.Entry;
            if (colour >= layout.Colours || from > file.Length - 3)
                throw new ImageFormatException($"is damaged: a pixel has colour {colour}, and there are {layout.Colours}");
            (line[at], line[at + 1], line[at + 2]) = (file[from + 2], file[from + 1], file[from]);
        }
    }

    private static void WriteMasked(ReadOnlySpan<byte> row, Span<byte> line, in Layout layout)
    {
        var size = layout.Bits / 8;
        for (int from = 0, at = 0; at < line.Length; from += size, at += 3)
        {
            var value = size == 2 ? (uint)Short(row, from) : (uint)Int(row, from);
            for (var channel = 0; channel < 3; channel++)
            {
                var mask = layout.Channels[channel];
                var shift = System.Numerics.BitOperations.TrailingZeroCount(mask);
                line[at + channel] = (byte)((ulong)((value & mask) >> shift) * 255 / (mask >> shift));
            }
        }
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}

using System.Buffers.Binary;

namespace DeepPS;

/// <summary>What the markers of a JPEG file say before its pixels (ITU-T T.81; EXIF 2.3), read as libjpeg reads them.</summary>
internal static class JpegMarkers
{
    private const int StartOfScan = 0xDA, EndOfImage = 0xD9, Application1 = 0xE1;

    /// <summary>
    /// How many pixels a byte can stand for at most: a block of 8 x 8 has one Huffman code at least, of one bit at least.
    /// Arithmetic coding could do with less, but not of a picture.
    /// </summary>
    private const long PixelsPerByte = 8 * 64;

    /// <summary>Size, orientation, and how many components a pixel has: 1, 3, or 4 in a file for print.</summary>
    public static (ImageHeader Header, int Components) Read(ReadOnlySpan<byte> file)
    {
        ImageOrientation? orientation = null;
        var at = 2;
        while (true)
        {
            var marker = Next(file, ref at);
            if (marker is StartOfScan or EndOfImage)
                throw new ImageFormatException("has no size before its pixels");
            if (marker is 0x01 or >= 0xD0 and <= 0xD7)
                continue;
            var size = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
            if (size < 2 || at + size > file.Length)
                throw new ImageFormatException("ends within its header");
            var segment = file.Slice(at + 2, size - 2);
            if (marker == Application1 && segment.StartsWith("Exif\0\0"u8))
                orientation ??= ExifTags.Orientation(segment[6..]);
            else if (IsFrame(marker))
                return Frame(segment, file.Length, orientation ?? default);
            at += size;
        }
    }

    /// <summary>The next marker; whatever stands before it is passed over.</summary>
    private static int Next(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            if (file[at++] != 0xFF)
                continue;
            while (at < file.Length && file[at] == 0xFF)
                at++;
            if (at < file.Length && file[at++] is var marker and not 0)
                return marker;
        }

        throw new ImageFormatException("ends within its header");
    }

    /// <summary>C0 to CF begin a frame, but for those that define Huffman tables (C4), arithmetic coding (CC) and one that is reserved (C8).</summary>
    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (ImageHeader, int) Frame(ReadOnlySpan<byte> frame, int length, ImageOrientation orientation)
    {
        if (frame.Length < 6)
            throw new ImageFormatException("ends within its header");
        var height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        if (width == 0 || height == 0)
            throw new ImageFormatException($"has a size of {width}x{height}");
        if ((long)width * height > PixelsPerByte * length)
            throw new ImageFormatException($"says that it is {width}x{height}, which {length:N0} bytes cannot hold");
        return (new ImageHeader(width, height, orientation), frame[5]);
    }
}

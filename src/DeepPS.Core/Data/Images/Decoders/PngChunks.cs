using System.Buffers.Binary;

namespace DeepPS.Data;

/// <summary>The chunks of a PNG file (ISO/IEC 15948, 5). Skia ignores their orientation.</summary>
internal static class PngChunks
{
    private const int SignatureSize = 8, ChunkSize = 12, HeaderSize = 13;

    /// <summary>Deflate expands one byte to at most this many.</summary>
    private const long LargestExpansion = 1032;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size)
    {
        ImageOrientation orientation = default;
        var (bits, packed) = (0, 0L);
        for (var at = SignatureSize; at < file.Length;)
        {
            if (at > file.Length - ChunkSize)
                throw new ImageFormatException("was cut short");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - ChunkSize)
                throw new ImageFormatException("was cut short");
            var type = file.Slice(at + 4, 4);
            var content = file.Slice(at + 8, (int)length);
            if (type.SequenceEqual("IHDR"u8) && length == HeaderSize)
                bits = BitsPerPixel(content);
            else if (type.SequenceEqual("IDAT"u8))
                packed += length;
            else if (type.SequenceEqual("eXIf"u8))
                orientation = ExifTags.Orientation(content);
            else if (type.SequenceEqual("IEND"u8))
                break;
            at += (int)length + ChunkSize;
        }

        if (((long)size.Width * bits + 7) / 8 * size.Height > packed * LargestExpansion)
            throw new ImageFormatException($"claims to be {size}, which {file.Length:N0} bytes cannot hold");
        return orientation;
    }

    private static int BitsPerPixel(ReadOnlySpan<byte> header) =>
        header[8] * header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
}

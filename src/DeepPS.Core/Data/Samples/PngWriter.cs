using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DeepPS;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): 8 bits a channel, grey or colour.</summary>
internal static class PngWriter
{
    private const byte Grey = 0;
    private const byte Colour = 2;

    /// <summary>The filter that tells of each byte how far it is from the one above: rows that repeat become zeros.</summary>
    private const byte Up = 2;

    private static readonly uint[] Remainders = Enumerable.Range(0, 256).Select(value => Remainder((uint)value)).ToArray();

    /// <summary>Writes a picture.</summary>
    public static void Write(Stream stream, Picture picture)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8;
        header[9] = picture.Channels == 1 ? Grey : Colour;
        WriteChunk(stream, "IHDR", header);
        WriteChunk(stream, "IDAT", Compress(picture));
        WriteChunk(stream, "IEND", []);
    }

    /// <summary>A picture as the bytes of a PNG file.</summary>
    public static byte[] Bytes(Picture picture)
    {
        using var memory = new MemoryStream();
        Write(memory, picture);
        return memory.ToArray();
    }

    private static byte[] Compress(Picture picture)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal))
        {
            var stride = picture.Width * picture.Channels;
            var line = new byte[1 + stride];
            line[0] = Up;
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < stride; x++)
                    line[1 + x] = (byte)(picture.Bytes[y * stride + x] - (y == 0 ? 0 : picture.Bytes[(y - 1) * stride + x]));
                zlib.Write(line);
            }
        }

        return memory.ToArray();
    }

    private static void WriteChunk(Stream stream, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        stream.Write(name);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        stream.Write(number);
    }

    /// <summary>The cyclic redundancy check of PNG's annex D, its bits turned over.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            crc = Remainders[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        return value;
    }
}

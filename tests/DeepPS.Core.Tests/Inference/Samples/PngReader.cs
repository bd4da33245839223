using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DeepPS.Tests;

/// <summary>Reads a PNG of 8 bits, grey or colour, strictly by the standard, and checks its chunks.</summary>
internal static class PngReader
{
    public static (int Width, int Height, int Channels, byte[] Pixels) Read(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var data = png.AsSpan(at + 8, length);
            var sum = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length));
            Assert.Equal(PngSums.Of(png.AsSpan(at + 4, length + 4)), sum);
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), data.ToArray()));
            at += 12 + length;
        }

        var needed = chunks.Select(chunk => chunk.Type).Where(type => char.IsUpper(type[0])).Distinct();
        Assert.Equal(["IHDR", "IDAT", "IEND"], needed);
        var header = chunks[0].Data;
        var width = BinaryPrimitives.ReadInt32BigEndian(header);
        var height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.Equal([8, header[9], 0, 0, 0], header[8..]);
        var channels = header[9] switch
        {
            0 => 1,
            2 => 3,
            var other => throw new InvalidDataException($"colour type {other}"),
        };
        var packed = chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data).ToArray();
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return (width, height, channels, Unfilter(lines.ToArray(), width * channels, height, channels));
    }

    private static byte[] Unfilter(byte[] lines, int stride, int height, int channels)
    {
        Assert.Equal((stride + 1) * height, lines.Length);
        var pixels = new byte[stride * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < stride; x++)
            {
                var left = x < channels ? 0 : pixels[y * stride + x - channels];
                var up = y == 0 ? 0 : pixels[(y - 1) * stride + x];
                var corner = y == 0 || x < channels ? 0 : pixels[(y - 1) * stride + x - channels];
                var predicted = lines[y * (stride + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    var other => throw new InvalidDataException($"filter {other}"),
                };
                pixels[y * stride + x] = (byte)(lines[y * (stride + 1) + 1 + x] + predicted);
            }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp) = (Math.Abs(up - corner), Math.Abs(left - corner));
        var toCorner = Math.Abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}

using System.Buffers.Binary;

namespace DeepPS.Tests;

/// <summary>The checksums of the chunks of a PNG file (ISO/IEC 15948, annex D).</summary>
internal static class PngSums
{
    /// <summary>Corrects the checksums of a changed file, so that a reader accepts its chunks.</summary>
    public static void Mend(Span<byte> file)
    {
        for (var at = 8; at <= file.Length - 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                return;
            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file[end..], Of(file[(at + 4)..end]));
            at = end + 4;
        }
    }

    /// <summary>The checksum of a chunk's name and content.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
        }

        return ~sum;
    }
}

using System.Buffers.Binary;

namespace DeepPS.Data;

/// <summary>Reads the orientation tag of EXIF 2.3.</summary>
internal static class ExifTags
{
    private const int OrientationTag = 0x0112;
    private const int EntrySize = 12;

    /// <summary>
    /// The orientation in a block that begins with a TIFF header; the normal one where it cannot be read.
    /// </summary>
    public static ImageOrientation Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return default;
        var little = tiff[0] == 'I';
        var at = Number(tiff, 4, 4, little);
        if (at > tiff.Length - 2)
            return default;
        var count = Number(tiff, (int)at, 2, little);
        for (var entry = at + 2; count > 0 && entry <= tiff.Length - EntrySize; entry += EntrySize, count--)
            if (Number(tiff, (int)entry, 2, little) == OrientationTag)
                return ImageOrientation.Of((int)Number(tiff, (int)entry + 8, 2, little));
        return default;
    }

    private static long Number(ReadOnlySpan<byte> bytes, int at, int size, bool little) => (size, little) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]),
    };
}

using System.Buffers.Binary;

namespace DeepPS.Data;

/// <summary>
/// The markers of a JPEG file (ITU-T T.81, B.1). They reveal broken files whose missing parts Skia would invent.
/// </summary>
internal static class JpegMarkers
{
    private const int EndOfImage = 0xD9, StartOfScan = 0xDA, FirstRestart = 0xD0, Restarts = 8;

    /// <summary>
    /// The largest number of pixels of one byte: a block of 8 x 8 has at least one Huffman code of at least one bit.
    /// Arithmetic coding could need less, but not for real pictures.
    /// </summary>
    private const long PixelsPerByte = 8 * 64;

    /// <summary>Each scan decodes all pixels again: a small file with many scans takes minutes.</summary>
    private const int MostScans = 500;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size)
    {
        if ((long)size.Width * size.Height > PixelsPerByte * file.Length)
            throw new ImageFormatException($"claims to be {size}, which {file.Length:N0} bytes cannot hold");
        var (at, scans, restarts) = (2, 0, 0);
        while (true)
        {
            var marker = Next(file, ref at);
            if (marker == EndOfImage)
                return null;
            if (marker == 1)
                continue;
            if (marker is >= FirstRestart and < FirstRestart + Restarts)
            {
                if (scans > 0 && marker != FirstRestart + restarts++ % Restarts)
                    throw new ImageFormatException("is damaged: a part of its pixels is missing");
                continue;
            }

            if (scans > 0 && !FollowsScans(marker))
                throw new ImageFormatException($"is damaged: its pixels are broken off by marker {marker:X2}");
            if (marker == StartOfScan)
                (scans, restarts) = (scans + 1, 0);
            if (scans > MostScans)
                throw new ImageFormatException($"has more than {MostScans} scans of its pixels");
            at += at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 2;
        }
    }

    /// <summary>Finds the next marker, and skips everything before it.</summary>
    private static int Next(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && file[at..].IndexOf((byte)0xFF) is var distance and >= 0)
        {
            at += distance + 1;
            while (at < file.Length && file[at] == 0xFF)
                at++;
            if (at < file.Length && file[at++] is var marker and not 0)
                return marker;
        }

        throw new ImageFormatException("was cut short");
    }

    /// <summary>
    /// Whether a marker may follow a scan: tables, comments, another scan, but not a second frame or a reserved marker.
    /// </summary>
    private static bool FollowsScans(int marker) =>
        marker is 0xC4 or 0xCC or (>= StartOfScan and <= 0xDF) or (>= 0xE0 and <= 0xEF) or 0xFE;
}

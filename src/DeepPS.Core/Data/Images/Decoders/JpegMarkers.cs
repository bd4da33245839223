using System.Buffers.Binary;

namespace DeepPS.Data;

/// <summary>
/// The markers of a JPEG file (ITU-T T.81, B.1). They show that a file is broken where Skia makes up what is missing.
/// </summary>
internal static class JpegMarkers
{
    private const int EndOfImage = 0xD9, StartOfScan = 0xDA, FirstRestart = 0xD0, Restarts = 8;

    /// <summary>
    /// How many pixels a byte can stand for at most: a block of 8 x 8 has one Huffman code at least, of one bit at least.
    /// Arithmetic coding could do with less, but not of a picture.
    /// </summary>
    private const long PixelsPerByte = 8 * 64;

    /// <summary>Each scan goes over all pixels again: a small file of many takes minutes.</summary>
    private const int MostScans = 500;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size)
    {
        if ((long)size.Width * size.Height > PixelsPerByte * file.Length)
            throw new ImageFormatException($"says that it is {size}, which {file.Length:N0} bytes cannot hold");
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

    /// <summary>The next marker; whatever stands before it is passed over.</summary>
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

    /// <summary>What may follow a scan: tables, comments, another scan. A second frame or a reserved marker may not.</summary>
    private static bool FollowsScans(int marker) =>
        marker is 0xC4 or 0xCC or (>= StartOfScan and <= 0xDF) or (>= 0xE0 and <= 0xEF) or 0xFE;
}

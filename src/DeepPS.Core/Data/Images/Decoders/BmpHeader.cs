using System.Buffers.Binary;

namespace DeepPS.Data;

/// <summary>The header of a Windows bitmap, which determines the number of bytes of its pixels.</summary>
internal static class BmpHeader
{
    private const int OldHeader = 12;
    private const int RunLength8 = 1, RunLength4 = 2;

    /// <summary>Two bytes stand for at most 255 pixels; a real picture does not omit many times more.</summary>
    private const long PixelsPerByte = 1024;

    /// <summary>See <see cref="FileCheck"/>.</summary>
    public static ImageOrientation? Check(ReadOnlySpan<byte> file, ImageSize size)
    {
        var old = Number(file, 14) == OldHeader;
        var bits = Number(file, old ? 24 : 28) & 0xFFFF;
        var packed = !old && Number(file, 30) is RunLength8 or RunLength4;
        var least = packed ? (long)size.Width * size.Height / PixelsPerByte
            : Number(file, 10) + (size.Width * bits + 31) / 32 * 4 * size.Height;
        return least <= file.Length ? null : throw new ImageFormatException(
            $"was cut short: {size} pixels of {bits} bits take at least {least:N0} bytes, and it has {file.Length:N0}");
    }

    private static long Number(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);
}

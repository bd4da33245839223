using System.Buffers.Binary;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// One file in the IDX format of MNIST (LeCun, Cortes and Burges): two zero bytes, the type of its numbers, the
/// number of axes, the size along each as a big-endian 32-bit number, then the numbers.
/// </summary>
internal sealed record IdxFile(string Path, int[] Sizes, byte[] Values)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Deflate expands one byte to at most this many.</summary>
    private const long LargestExpansion = 1032;

    public int Count => Sizes[0];

    public static IdxFile Read(string path, CancellationToken cancel)
    {
        using var file = DataFile.Open(path);
        Span<byte> start = stackalloc byte[4];
        if (file.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4 || start[0] != 0 || start[1] != 0
            || start[3] == 0)
            throw NotIdx(path, "it does not begin with an IDX header");
        if (start[2] != UnsignedByte)
            throw NotIdx(path, $"its numbers are of type 0x{start[2]:X2}; expected bytes (0x08)");
        var sizes = new int[start[3]];
        Span<byte> size = stackalloc byte[4];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (file.ReadAtLeast(size, 4, throwOnEndOfStream: false) < 4)
                throw NotIdx(path, "it ends within its header");
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (sizes[i] < 1)
                throw NotIdx(path, $"axis {i + 1} has size {sizes[i]}");
        }

        return new IdxFile(path, sizes, ReadValues(file, path, sizes, cancel));
    }

    /// <summary>The sizes with x between them.</summary>
    public string Describe() => string.Join("x", Sizes);

    public static DlException NotIdx(string path, string why) =>
        new("NotIdx", DlErrorKind.InvalidData, $"'{path}' cannot be read as an IDX file: {why}.", path);

    private static byte[] ReadValues(DataFile file, string path, int[] sizes, CancellationToken cancel)
    {
        var expected = sizes.Aggregate((Int128)1, (product, size) => product * size);
        var most = file.IsCompressed ? file.FileSize * LargestExpansion : file.FileSize;
        if (expected > most || expected > Array.MaxLength)
            throw WrongCount(path, sizes, $"{file.FileSize:N0} bytes cannot hold that");
        var values = GC.AllocateUninitializedArray<byte>((int)expected);
        var read = 0;
        while (read < values.Length)
        {
            cancel.ThrowIfCancellationRequested();
            var count = file.Read(values.AsSpan(read, Math.Min(values.Length - read, 1 << 20)));
            if (count == 0)
                throw WrongCount(path, sizes, $"it holds {read:N0} bytes of values instead of {values.Length:N0}");
            read += count;
        }

        Span<byte> more = stackalloc byte[1];
        return file.Read(more) == 0 ? values : throw WrongCount(path, sizes, "it holds more values than that");
    }

    private static DlException WrongCount(string path, int[] sizes, string what) =>
        new("WrongCount", DlErrorKind.InvalidData,
        $"The header of '{path}' promises {string.Join(" x ", sizes)} bytes; {what}. Download or copy it again.", path);
}

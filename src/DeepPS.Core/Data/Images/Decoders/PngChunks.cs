using System.Buffers.Binary;

namespace DeepPS;

/// <summary>The chunks of a PNG file, one after the other.</summary>
/// <param name="file">The file.</param>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private static readonly uint[] SumTable = Enumerable.Range(0, 256).Select(value =>
    {
        var sum = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
        return sum;
    }).ToArray();

    private readonly ReadOnlySpan<byte> file = file;
    private int next = Signature.Length;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The four letters of the chunk at hand.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Where its content begins in the file.</summary>
    public int Offset { get; private set; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Moves on to the next chunk; false at the end of the file.</summary>
    public bool MoveNext()
    {
        if (next == file.Length)
            return false;
        var length = next <= file.Length - 12 ? BinaryPrimitives.ReadUInt32BigEndian(file[next..]) : uint.MaxValue;
        if (length > file.Length - next - 12)
            throw new ImageFormatException("was cut short");
        Type = file.Slice(next + 4, 4);
        Offset = next + 8;
        Content = file.Slice(Offset, (int)length);
        next = Offset + (int)length + 4;
        return true;
    }

    /// <summary>Checks the sum of the chunk at hand.</summary>
    public readonly void CheckSum()
    {
        var sum = uint.MaxValue;
        foreach (var value in file[(Offset - 4)..(Offset + Content.Length)])
            sum = SumTable[(byte)(sum ^ value)] ^ (sum >> 8);
        if (~sum != BinaryPrimitives.ReadUInt32BigEndian(file[(Offset + Content.Length)..]))
            throw new ImageFormatException("is damaged: a sum is wrong");
    }
}

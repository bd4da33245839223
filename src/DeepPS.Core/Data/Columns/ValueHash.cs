using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepPS.Data;

/// <summary>A hash of many values: CRC-32C, for which processors have an instruction.</summary>
internal sealed class ValueHash
{
    /// <summary>An even number, so that pieces of every type are whole words.</summary>
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>The hash of the values added so far.</summary>
    public uint Value { get; private set; }

    /// <summary>Adds values, in pieces: together they may have more bytes than one span holds.</summary>
    public ValueHash Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > ValuesAtOnce; values = values[ValuesAtOnce..])
            AddBytes(MemoryMarshal.AsBytes(values[..ValuesAtOnce]));
        AddBytes(MemoryMarshal.AsBytes(values));
        return this;
    }

    /// <summary>Adds texts.</summary>
    public ValueHash Add(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            AddBytes(Encoding.UTF8.GetBytes(text));
        return this;
    }

    private void AddBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = Value;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            hash = BitOperations.Crc32C(hash, word);
        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
            hash = BitOperations.Crc32C(hash, last);
        Value = hash;
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepPS;

/// <summary>Names and their numbers, in the order in which they were first seen.</summary>
internal sealed class LevelTable
{
    private const int OnStack = 256;
    private readonly List<string> names = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codes =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The names by number.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The number of a name in UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        char[]? rented = null;
        Span<char> buffer = text.Length <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(text.Length);
        var code = CodeOf(buffer[..Encoding.UTF8.GetChars(text, buffer)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return code;
    }

    /// <summary>The number of a name.</summary>
    public int CodeOf(ReadOnlySpan<char> text) => codes.TryGetValue(text, out var code) ? code : CodeOf(text.ToString());

    /// <summary>The number of a name.</summary>
    public int CodeOf(string text)
    {
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes.Dictionary, text, out var known);
        if (known)
            return code;
        code = names.Count;
        names.Add(text);
        return code;
    }

    /// <summary>Forgets all names.</summary>
    public void Clear()
    {
        names.Clear();
        codes.Dictionary.Clear();
    }
}

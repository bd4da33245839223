using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepPS.Data;

/// <summary>Names and their numbers, in the order in which they were first seen.</summary>
internal sealed class LevelTable
{
    private const int OnStack = 256;
    private const int LongestShort = 2 * sizeof(ulong);
    private const int RecentBits = 8;
    private readonly List<string> names = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codes =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// A cache of recent short names, placed by their bytes; it finds nearly all names of a column with few levels.
    /// </summary>
    private ShortName[]? recent;

    /// <summary>The names by number.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The number of a name in UTF-8.</summary>
    public int CodeOf(ReadOnlySpan<byte> text)
    {
        var code = Find(text);
        if (text.Length is 0 or > LongestShort)
            return code;
        var (first, last) = EndsOf(text);
        recent ??= new ShortName[1 << RecentBits];
        recent[Place(first, last)] = new ShortName(text.Length, first, last, code);
        return code;
    }

    /// <summary>The number of a recent short name in UTF-8; -1 where it is not in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Recent(ReadOnlySpan<byte> text)
    {
        if (recent is null || text.Length is 0 or > LongestShort)
            return -1;
        var (first, last) = EndsOf(text);
        ref var name = ref recent[Place(first, last)];
        return name.Length == text.Length && name.First == first && name.Last == last ? name.Code : -1;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        char[]? rented = null;
        Span<char> buffer = text.Length <= OnStack ? stackalloc char[OnStack]
            : rented = ArrayPool<char>.Shared.Rent(text.Length);
        var code = CodeOf(buffer[..Encoding.UTF8.GetChars(text, buffer)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return code;
    }

    /// <summary>The number of a name.</summary>
    public int CodeOf(ReadOnlySpan<char> text) =>
        codes.TryGetValue(text, out var code) ? code : CodeOf(text.ToString());

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
        if (names.Count == 0)
            return;
        names.Clear();
        codes.Dictionary.Clear();
        recent.AsSpan().Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ulong first, ulong last) =>
        (int)((first ^ last >> 7) * 0x9E3779B97F4A7C15 >> 64 - RecentBits);

    /// <summary>
    /// The first and the last eight bytes of a short text; of a shorter one all bytes, some of them twice.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) EndsOf(ReadOnlySpan<byte> text) => text.Length switch
    {
        >= sizeof(ulong) => (MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..])),
        >= sizeof(uint) => (MemoryMarshal.Read<uint>(text), MemoryMarshal.Read<uint>(text[^sizeof(uint)..])),
        _ => (text[0], (ulong)text[text.Length / 2] << 8 | text[^1]),
    };

    /// <summary>A name that its length and its ends determine. Length 0 marks an empty entry.</summary>
    private readonly record struct ShortName(int Length, ulong First, ulong Last, int Code);
}

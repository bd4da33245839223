namespace DeepPS.Data;

/// <summary>
/// Collects the values of a column. It grows in pieces, so that nothing is copied as values are added, nor at the end
/// where the expected number was set. Values that do not fit into memory go to a file.
/// </summary>
/// <typeparam name="T">The type of a value.</typeparam>
/// <param name="budget">The budget whose file holds the values; null: they are in memory.</param>
internal sealed class ColumnBuffer<T>(MemoryBudget? budget = null)
    where T : unmanaged
{
    private const int FirstPiece = 256;
    private const int LargestPiece = 1 << 16;

    /// <summary>An unused part larger than this share of the values is freed.</summary>
    private const double MostSlack = 0.1;

    private readonly List<T[]> pieces = [];
    private SpillWriter<T>? file;
    private T[] last = [];
    private int used;
    private int expected;

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Sets the approximate number of values in the end.</summary>
    public void Expect(int count) => expected = count;

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (budget is not null)
        {
            File(budget).Add(value);
        }
        else
        {
            if (used == last.Length)
                Grow(1);
            last[used++] = value;
        }

        Count = RowCount.Sum(Count, 1);
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        if (budget is not null)
        {
            File(budget).Add(values);
            Count = RowCount.Sum(Count, values.Length);
            return;
        }

        while (!values.IsEmpty)
        {
            var room = Room(values.Length);
            values[..room.Length].CopyTo(room);
            values = values[room.Length..];
        }
    }

    /// <summary>Adds a value a number of times.</summary>
    public void Add(T value, int times)
    {
        for (; times > 0 && budget is not null; times--)
            Add(value);
        while (times > 0)
        {
            var room = Room(times);
            room.Fill(value);
            times -= room.Length;
        }
    }

    /// <summary>The values so far, piece by piece, where they are in memory.</summary>
    public IEnumerable<ReadOnlyMemory<T>> Pieces() =>
        pieces.Select(piece => new ReadOnlyMemory<T>(piece)).Append(last.AsMemory(0, used));

    /// <summary>Takes the values out of the buffer.</summary>
    public ColumnStore<T> ToStore()
    {
        var store = budget is not null ? File(budget).Finish()
            : pieces.Count == 0 && last.Length - used <= MostSlack * used
                ? new ArrayStore<T>(last, used) : Joined();
        (last, used, Count, file) = ([], 0, 0, null);
        pieces.Clear();
        return store;
    }

    /// <summary>Replaces all values by one, repeated.</summary>
    public ColumnStore<T> Filled(T value, int times)
    {
        ToStore();
        Add(value, times);
        return ToStore();
    }

    private SpillWriter<T> File(MemoryBudget folder) => file ??= new SpillWriter<T>(folder);

    private ArrayStore<T> Joined()
    {
        var values = GC.AllocateUninitializedArray<T>(Count);
        var at = 0;
        foreach (var piece in Pieces())
        {
            piece.Span.CopyTo(values.AsSpan(at));
            at += piece.Length;
        }

        return new ArrayStore<T>(values, Count);
    }

    /// <summary>The next places, at least one and at most the number wanted, which count as added.</summary>
    private Span<T> Room(int wanted)
    {
        if (used == last.Length)
            Grow(wanted);
        var room = last.AsSpan(used, Math.Min(wanted, last.Length - used));
        used += room.Length;
        Count = RowCount.Sum(Count, room.Length);
        return room;
    }

    private void Grow(int wanted)
    {
        if (used > 0)
            pieces.Add(last);
        last = GC.AllocateUninitializedArray<T>(
            Math.Max(wanted, expected > Count ? expected - Count : Math.Clamp(Count, FirstPiece, LargestPiece)));
        used = 0;
    }
}

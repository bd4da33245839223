namespace DeepPS.Data;

/// <summary>
/// The part of each row of a dataset, a byte a row: so that no row is in two parts, and that rows of a part are in their order. All are
/// trained on until they are given to another part.
/// </summary>
/// <param name="count">How many rows there are.</param>
/// <param name="budget">How much memory there is; null: as much as it needs.</param>
internal sealed class RowParts(int count, MemoryBudget? budget) : IDisposable
{
    private readonly ScratchArray<RowPart> marks = new(count, budget);

    /// <summary>How many rows there are.</summary>
    public int Count => count;

    /// <summary>How much memory there is; null: as much as is needed.</summary>
    public MemoryBudget? Budget => budget;

    /// <summary>The part of each row.</summary>
    public Span<RowPart> Marks => marks.Span;

    /// <summary>Gives rows to a part.</summary>
    public void Give(ReadOnlySpan<int> rows, RowPart part)
    {
        var all = Marks;
        foreach (var row in rows)
            all[row] = part;
    }

    /// <summary>How many rows a part has.</summary>
    public int CountOf(RowPart part) => marks.Span.Count(part);

    /// <summary>The rows of a part, in their order; in a file where they are too many.</summary>
    public ColumnStore<int> RowsOf(RowPart part)
    {
        var size = CountOf(part);
        var rows = new ColumnBuffer<int>(budget?.BeyondScratch((long)size * sizeof(int)));
        rows.Expect(size);
        var all = Marks;
        for (var row = 0; row < all.Length; row++)
            if (all[row] == part)
                rows.Add(row);
        return rows.ToStore();
    }

    public void Dispose() => marks.Dispose();
}

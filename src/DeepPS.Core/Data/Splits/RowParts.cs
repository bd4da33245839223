namespace DeepPS.Data;

/// <summary>
/// The part of each row of a dataset, one byte per row: so no row is in two parts, and the rows of a part keep their
/// order. All rows are for training until they are assigned to another part.
/// </summary>
/// <param name="count">The number of rows.</param>
/// <param name="budget">The memory budget; null: unlimited.</param>
internal sealed class RowParts(int count, MemoryBudget? budget) : IDisposable
{
    private readonly ScratchArray<RowPart> marks = new(count, budget);

    /// <summary>The number of rows.</summary>
    public int Count => count;

    /// <summary>The memory budget; null: unlimited.</summary>
    public MemoryBudget? Budget => budget;

    /// <summary>The part of each row.</summary>
    public Span<RowPart> Marks => marks.Span;

    /// <summary>Assigns rows to a part.</summary>
    public void Give(ReadOnlySpan<int> rows, RowPart part)
    {
        var all = Marks;
        foreach (var row in rows)
            all[row] = part;
    }

    /// <summary>The number of rows of a part.</summary>
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

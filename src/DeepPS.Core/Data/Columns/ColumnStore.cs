namespace DeepPS.Data;

/// <summary>Where the values of a column lie: in memory, or in a file where there are too many.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal abstract class ColumnStore<T>
    where T : unmanaged
{
    /// <summary>All values, one after the other.</summary>
    public abstract ReadOnlySpan<T> Span { get; }

    /// <summary>In whose file they lie; null: in memory.</summary>
    public virtual MemoryBudget? Budget => null;

    public static implicit operator ColumnStore<T>(T[] values) => new ArrayStore<T>(values, values.Length);

    /// <summary>A look at neighbours among the values: nothing is copied.</summary>
    public ColumnStore<T> Slice(int first, int count) => new SliceStore<T>(this, first, count);

    /// <summary>A store of some of the values, in the order given.</summary>
    /// <param name="rows">The places of the values.</param>
    /// <param name="budget">Whose file they go to; null: they stay in memory.</param>
    public ColumnStore<T> Take(ReadOnlySpan<int> rows, MemoryBudget? budget)
    {
        var values = Span;
        if (budget is null)
            return ColumnRows.Take(values, rows);
        using var writer = new SpillWriter<T>(budget);
        foreach (var row in rows)
            writer.Add(values[row]);
        GC.KeepAlive(this);
        return writer.Finish();
    }

    /// <summary>Each value made another; of values in a file, in a file too.</summary>
    public ColumnStore<TTo> Convert<TTo>(Func<T, TTo> convert)
        where TTo : unmanaged
    {
        if (Budget is not { } budget)
            return Span.Convert(convert);
        using var writer = new SpillWriter<TTo>(budget);
        foreach (var value in Span)
            writer.Add(convert(value));
        GC.KeepAlive(this);
        return writer.Finish();
    }
}

/// <summary>Values in memory: the first of an array.</summary>
internal sealed class ArrayStore<T>(T[] values, int count) : ColumnStore<T>
    where T : unmanaged
{
    public override ReadOnlySpan<T> Span => values.AsSpan(0, count);
}

/// <summary>Neighbours among the values of another store.</summary>
internal sealed class SliceStore<T>(ColumnStore<T> whole, int first, int count) : ColumnStore<T>
    where T : unmanaged
{
    public override ReadOnlySpan<T> Span => whole.Span.Slice(first, count);
}

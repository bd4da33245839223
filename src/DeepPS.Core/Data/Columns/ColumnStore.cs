namespace DeepPS.Data;

/// <summary>Holds the values of a column: in memory, or in a file where they are too many.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal abstract class ColumnStore<T>
    where T : unmanaged
{
    /// <summary>All values, one after the other.</summary>
    public abstract ReadOnlySpan<T> Span { get; }

    /// <summary>The budget whose file holds them; null: they are in memory.</summary>
    public virtual MemoryBudget? Budget => null;

    public static implicit operator ColumnStore<T>(T[] values) => new ArrayStore<T>(values, values.Length);

    /// <summary>A view of neighbouring values; nothing is copied.</summary>
    public ColumnStore<T> Slice(int first, int count) => new SliceStore<T>(this, first, count);

    /// <summary>A store of some of the values, in the order given.</summary>
    /// <param name="rows">The places of the values.</param>
    /// <param name="budget">The budget whose file holds them; null: they stay in memory.</param>
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

    /// <summary>Converts each value; the result of values in a file is in a file too.</summary>
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

    /// <summary>Counts the different values; null where they are more than the memory budget allows.</summary>
    /// <param name="none">The value that stands for a missing one and does not count.</param>
    public int? CountDistinct(T none)
    {
        var seen = new HashSet<T>();
        foreach (var value in Span)
            if (seen.Add(value) && seen.Count > Budget?.MostLevels)
                return null;
        return seen.Count - (seen.Contains(none) ? 1 : 0);
    }
}

/// <summary>Values in memory: the first ones of an array.</summary>
internal sealed class ArrayStore<T>(T[] values, int count) : ColumnStore<T>
    where T : unmanaged
{
    public override ReadOnlySpan<T> Span => values.AsSpan(0, count);
}

/// <summary>Neighbouring values of another store.</summary>
internal sealed class SliceStore<T>(ColumnStore<T> whole, int first, int count) : ColumnStore<T>
    where T : unmanaged
{
    public override ReadOnlySpan<T> Span => whole.Span.Slice(first, count);
}

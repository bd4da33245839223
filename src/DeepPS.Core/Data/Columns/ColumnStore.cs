namespace DeepPS;

/// <summary>Where the values of a column lie: in memory, or in a file where there are too many.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal abstract class ColumnStore<T>
    where T : unmanaged
{
    /// <summary>All values, one after the other.</summary>
    public abstract ReadOnlySpan<T> Span { get; }

    /// <summary>A store of some of the values, in the order given; it lies where this one does.</summary>
    public abstract ColumnStore<T> Take(ReadOnlySpan<int> rows);

    public static implicit operator ColumnStore<T>(T[] values) => new ArrayStore<T>(values);
}

/// <summary>Values in memory.</summary>
internal sealed class ArrayStore<T>(T[] values) : ColumnStore<T>
    where T : unmanaged
{
    public override ReadOnlySpan<T> Span => values;

    public override ColumnStore<T> Take(ReadOnlySpan<int> rows) => ColumnRows.Take<T>(values, rows);
}

namespace DeepPS.Data;

/// <summary>A named column of a dataset, of one kind of value.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>
    /// The kind of its values: <c>Number</c>, <c>Category</c>, <c>Time</c>, <c>Image</c>, <c>Tensor</c>, <c>Tokens</c> or <c>Window</c>.
    /// </summary>
    public abstract string Kind { get; }

    /// <summary>What was said about the column when it was read; the rest is decided by its values.</summary>
    public ColumnSettings Settings { get; private set; } = ColumnSettings.None;

    /// <summary>How many rows it has.</summary>
    public abstract int Count { get; }

    /// <summary>How many rows have no value.</summary>
    public abstract int Missing { get; }

    /// <summary>The value of a row as an object: a double, a string, an array of them, null where it is missing.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The column with some of its rows, in the order given.</summary>
    public Column Take(ReadOnlySpan<int> rows) => Take(rows, null);

    /// <summary>The same values under another name.</summary>
    public Column Rename(string name) => Copy(name).With(Settings);

    /// <summary>The same values with settings.</summary>
    public Column With(ColumnSettings settings)
    {
        if (settings == Settings)
            return this;
        var column = Copy(Name);
        column.Settings = settings;
        return column;
    }

    /// <summary>What values there are, on one line.</summary>
    public abstract string Describe();

    /// <summary>How many bytes a row takes.</summary>
    internal abstract long RowBytes { get; }

    /// <summary>Neighbouring rows, which share the column's values where they can.</summary>
    internal Column Slice(int first, int count) => Part(first, count).With(Settings);

    /// <summary>The column with some of its rows, in the order given.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="budget">In whose file they lie; null: in memory.</param>
    internal Column Take(ReadOnlySpan<int> rows, MemoryBudget? budget) => Pick(rows, budget).With(Settings);

    /// <summary>A column of some rows, in memory or in a budget's file.</summary>
    private protected abstract Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget);

    /// <summary>A column of neighbouring rows.</summary>
    private protected virtual Column Part(int first, int count)
    {
        var rows = new int[count];
        for (var i = 0; i < count; i++)
            rows[i] = first + i;
        return Pick(rows, null);
    }

    /// <summary>A column of the same values.</summary>
    private protected abstract Column Copy(string name);
}

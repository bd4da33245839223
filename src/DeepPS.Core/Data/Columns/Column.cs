namespace DeepPS;

/// <summary>A named column of a dataset, of one kind of value.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>
    /// The kind of its values: <c>Number</c>, <c>Category</c>, <c>Time</c>, <c>Image</c>, <c>Tensor</c> or <c>Tokens</c>.
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
    public Column Take(ReadOnlySpan<int> rows) => Pick(rows).With(Settings);

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

    /// <summary>A column of some rows.</summary>
    private protected abstract Column Pick(ReadOnlySpan<int> rows);

    /// <summary>A column of the same values.</summary>
    private protected abstract Column Copy(string name);
}

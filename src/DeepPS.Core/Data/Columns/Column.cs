namespace DeepPS.Data;

/// <summary>A named column of a dataset, of one kind of value.</summary>
public abstract partial class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>
    /// The kind of its values: <c>Number</c>, <c>Category</c>, <c>Time</c>, <c>Image</c>, <c>Tensor</c>, <c>Tokens</c>,
    /// <c>Tree</c> or <c>Window</c>.
    /// </summary>
    public abstract string Kind { get; }

    /// <summary>The user's wishes for the column; its values decide the rest.</summary>
    public ColumnSettings Settings { get; private set; } = ColumnSettings.None;

    /// <summary>What its reader learnt about the column.</summary>
    internal ColumnFacts Facts { get; private set; } = ColumnFacts.None;

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The number of rows without a value.</summary>
    public abstract int Missing { get; }

    /// <summary>
    /// The value of a row as an object: a double, a string, an array of them; null where it is missing.
    /// </summary>
    public abstract object? this[int row] { get; }

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The column with some of its rows, in the order given.</summary>
    public Column Take(ReadOnlySpan<int> rows) => Take(rows, null);

    /// <summary>The same values under another name.</summary>
    public Column Rename(string name) => Marked(Copy(name));

    /// <summary>The same values with settings.</summary>
    public Column With(ColumnSettings settings)
    {
        if (settings == Settings)
            return this;
        var column = Marked(Copy(Name));
        column.Settings = settings;
        return column;
    }

    /// <summary>The same values with facts about them.</summary>
    internal Column WithFacts(ColumnFacts facts)
    {
        if (facts == Facts)
            return this;
        var column = Marked(Copy(Name));
        column.Facts = facts;
        return column;
    }

    /// <summary>Describes the values on one line.</summary>
    public abstract string Describe();

    /// <summary>The number of bytes of a row.</summary>
    internal abstract long RowBytes { get; }

    /// <summary>Whether the day comes first in dates such as 1/2/2024; null: not known.</summary>
    internal bool? DayFirst => Facts.DayFirst ?? Settings.DayFirst;

    /// <summary>Neighbouring rows, which share the column's values where they can.</summary>
    internal Column Slice(int first, int count) => Marked(Part(first, count));

    /// <summary>The column with some of its rows, in the order given.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="budget">The budget whose file holds the values; null: they stay in memory.</param>
    internal Column Take(ReadOnlySpan<int> rows, MemoryBudget? budget) => Marked(Pick(rows, budget));

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

    /// <summary>Gives another column this one's settings and facts.</summary>
    private Column Marked(Column other)
    {
        (other.Settings, other.Facts) = (Settings, Facts);
        return other;
    }
}

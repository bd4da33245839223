namespace DeepPS.Data;

/// <summary>Numbers; NaN where there is none.</summary>
public sealed class NumberColumn : Column
{
    private readonly ColumnStore<double> values;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The values, one a row.</param>
    public NumberColumn(string name, double[] values)
        : this(name, (ColumnStore<double>)values)
    {
    }

    internal NumberColumn(string name, ColumnStore<double> values)
        : base(name) => this.values = values;

    /// <summary>The values, one a row.</summary>
    public ReadOnlySpan<double> Values => values.Span;

    internal ColumnStore<double> Store => values;

    /// <inheritdoc/>
    public override string Kind => "Number";

    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override int Missing => Values.CountNaN();

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Values[row];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Values[row]);

    /// <inheritdoc/>
    public override string Describe() => Values.Range() is var (least, most)
        ? FormattableString.Invariant($"{least:G6} to {most:G6}")
        : "none";

    internal override long RowBytes => sizeof(double);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) => new NumberColumn(Name, values.Take(rows, budget));

    private protected override Column Part(int first, int count) => new NumberColumn(Name, values.Slice(first, count));

    private protected override Column Copy(string name) => new NumberColumn(name, values);
}

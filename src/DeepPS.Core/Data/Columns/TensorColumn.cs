using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of numbers a row, all rows of one shape.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">The arrays one after the other, the last axis fastest; NaN where there is no number.</param>
/// <param name="shape">The shape of one array.</param>
public sealed class TensorColumn(string name, float[] values, Shape shape) : Column(name)
{
    /// <summary>The arrays one after the other, the last axis fastest; NaN where there is no number.</summary>
    public float[] Values { get; } = values;

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Tensor";

    /// <inheritdoc/>
    public override int Count => (int)(Values.LongLength / Shape.Size);

    /// <summary>How many rows have no array, or one that lacks a number.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] => Of(row).IndexOfAnyExcept(float.NaN) < 0 ? null : NestedArray.Of(Of(row), Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Of(row).Contains(float.NaN);

    /// <inheritdoc/>
    public override string Describe()
    {
        var present = Values.Where(value => !float.IsNaN(value)).DefaultIfEmpty(float.NaN).ToArray();
        return FormattableString.Invariant($"{Shape}: {present.Min():G6} to {present.Max():G6}");
    }

    internal override long RowBytes => sizeof(float) * Shape.Size;

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TensorColumn(Name, ColumnRows.Take<float>(Values, rows, (int)Shape.Size), Shape);

    private protected override Column Copy(string name) => new TensorColumn(name, Values, Shape);

    private ReadOnlySpan<float> Of(int row) => Values.AsSpan(row * (int)Shape.Size, (int)Shape.Size);
}

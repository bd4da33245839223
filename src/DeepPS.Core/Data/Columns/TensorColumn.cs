using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of numbers per row, all of one shape.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">The arrays one after the other, the last axis fastest; NaN where a number is missing.</param>
/// <param name="shape">The shape of one array.</param>
public sealed class TensorColumn(string name, float[] values, Shape shape) : Column(name)
{
    /// <summary>The arrays one after the other, the last axis fastest; NaN where a number is missing.</summary>
    public float[] Values { get; } = values;

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Tensor";

    /// <inheritdoc/>
    public override int Count => (int)(Values.LongLength / Shape.Size);

    /// <summary>The number of rows without an array, or with one that lacks a number.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] =>
        Of(row).IndexOfAnyExcept(float.NaN) < 0 ? null : NestedArray.Of(Of(row), Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Of(row).Contains(float.NaN);

    /// <inheritdoc/>
    public override string Describe()
    {
        var present = Values.Where(value => !float.IsNaN(value)).DefaultIfEmpty(float.NaN).ToArray();
        return FormattableString.Invariant($"{Shape}: {present.Min():G6} to {present.Max():G6}");
    }

    internal override long RowBytes => sizeof(float) * Shape.Size;

    internal override Shape ValueShape => Shape;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (new TensorEncoder(Shape), "arrays of numbers");

    internal override void AddTo(ValueHash hash) => hash.Add<float>(Values);

    internal override Column ToLabel(LabelKind? kind, Action<string>? log)
    {
        if (kind is LabelKind.Class || kind is null && LabelColumn.ClassCount(Doubles()) > 0)
        {
            log?.Invoke($"Label '{Name}' is a class at each of {Shape.Size} places. "
                + "If its numbers are amounts, use -LabelKind Number.");
            var (codes, levels) = AsLevels();
            return new TokenColumn(Name, codes.Span.ToArray(), levels, Shape);
        }

        log?.Invoke($"Label '{Name}' is an array of numbers, {Shape}. If they are classes, use -LabelKind Class.");
        return this;
    }

    internal override LabelPlan FitLabel() => new([LabelFitting.Part(Name, Doubles())], LabelKind.Number, Shape, []);

    internal override (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() =>
        ColumnValues.NumberLevels(Name, Doubles());

    internal override float[] AsArrays() => Values;

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TensorColumn(Name, ColumnRows.Take<float>(Values, rows, (int)Shape.Size), Shape);

    private protected override Column Copy(string name) => new TensorColumn(name, Values, Shape);

    private double[] Doubles() => NumberSpan.Convert(Values, value => (double)value);

    private ReadOnlySpan<float> Of(int row) => Values.AsSpan(row * (int)Shape.Size, (int)Shape.Size);
}

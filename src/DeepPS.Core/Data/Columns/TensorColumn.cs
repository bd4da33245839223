using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of numbers per row, all of one shape, or padded to it.</summary>
public sealed class TensorColumn : Column
{
    private readonly SequenceLengths? lengths;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The arrays one after the other, the last axis fastest; NaN where a number is
    /// missing.</param>
    /// <param name="shape">The shape of one array.</param>
    public TensorColumn(string name, float[] values, Shape shape)
        : this(name, values, shape, null)
    {
    }

    internal TensorColumn(string name, float[] values, Shape shape, SequenceLengths? lengths)
        : base(name)
    {
        Values = values;
        Shape = shape;
        this.lengths = lengths;
    }

    /// <summary>The arrays one after the other, the last axis fastest; NaN where a number is missing.</summary>
    public float[] Values { get; }

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public override string Kind => "Tensor";

    /// <inheritdoc/>
    public override int Count => (int)(Values.LongLength / Shape.Size);

    /// <summary>The number of rows without an array, or with one that lacks a number.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] =>
        Of(row).IndexOfAnyExcept(float.NaN) < 0 ? null : NestedArray.Of(Of(row), lengths?.ShapeOf(row) ?? Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Of(row).IsEmpty || Of(row).Contains(float.NaN);

    /// <inheritdoc/>
    public override string Describe()
    {
        var present = Values.Where(value => !float.IsNaN(value)).DefaultIfEmpty(float.NaN).ToArray();
        var sizes = IsPadded ? $"up to {Shape}" : $"{Shape}";
        return FormattableString.Invariant($"{sizes}: {present.Min():G6} to {present.Max():G6}");
    }

    internal override bool IsPadded => lengths is not null;

    internal override Column PaddedTo(Shape shape)
    {
        var own = lengths ?? new SequenceLengths(Enumerable.Repeat((int)Shape[0], Count).ToArray(), Shape);
        if (shape.Rank == 0 || Shape.Equals(shape) && IsPadded || !own.Fit(shape))
            return this;
        var (padded, values) = own.To<float>(Name, Values, shape, float.NaN);
        return new TensorColumn(Name, values, shape, padded);
    }

    internal override long RowBytes => sizeof(float) * Shape.Size;

    internal override Shape ValueShape => Shape;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (new TensorEncoder(Shape, IsPadded), IsPadded ? "arrays of numbers of different lengths" : "arrays of numbers");

    internal override void AddTo(ValueHash hash) => hash.Add<float>(Values);

    internal override Column ToLabel(LabelKind? kind, Action<string>? log)
    {
        if (kind is LabelKind.Class || kind is null && LabelColumn.ClassCount(Doubles()) > 0)
        {
            log?.Invoke($"Label '{Name}' is a class at each of {Shape.Size} places. "
                + "If its numbers are amounts, use -LabelKind Number.");
            var (codes, levels) = AsLevels();
            return new TokenColumn(Name, codes.Span.ToArray(), levels, Shape, lengths).With(Settings);
        }

        log?.Invoke($"Label '{Name}' is an array of numbers, {Shape}. If they are classes, use -LabelKind Class.");
        return this;
    }

    internal override LabelPlan FitLabel() => new([LabelFitting.Part(Name, Doubles())], LabelKind.Number, Shape, [])
    {
        IsPadded = IsPadded,
    };

    internal override (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() =>
        ColumnValues.NumberLevels(Name, Doubles());

    internal override float[] AsArrays() => Values;

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TensorColumn(Name, ColumnRows.Take<float>(Values, rows, (int)Shape.Size), Shape, lengths?.Take(rows));

    private protected override Column Copy(string name) => new TensorColumn(name, Values, Shape, lengths);

    private double[] Doubles() => NumberSpan.Convert(Values, value => (double)value);

    private ReadOnlySpan<float> Of(int row) =>
        Values.AsSpan(row * (int)Shape.Size, lengths?.Of(row) ?? (int)Shape.Size);
}

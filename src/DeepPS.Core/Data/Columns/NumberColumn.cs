using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A number per row; NaN where it is missing.</summary>
public sealed class NumberColumn : Column
{
    private readonly ColumnStore<double> values;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The values, one per row.</param>
    public NumberColumn(string name, double[] values)
        : this(name, (ColumnStore<double>)values)
    {
    }

    internal NumberColumn(string name, ColumnStore<double> values)
        : base(name) => this.values = values;

    /// <summary>The values, one per row.</summary>
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

    internal override bool TakesScaling => Settings.Kind is null or ColumnKind.Number;

    internal override bool HasMode => true;

    internal override bool IsYesOrNo => Values.IndexOfAnyExcept(0, 1, double.NaN) < 0;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        Settings.Kind is { } kind ? EncoderChoice.Wished(this, kind, embeds) : (NumberEncoder.Fit(this), "numbers");

    internal override void AddTo(ValueHash hash) => hash.Add(Values);

    internal override ColumnSummary Summarize(ColumnSummary summary)
    {
        if (Values.Range() is not var (least, most))
            return summary;
        var (mean, deviation) = Standardization.Of(Values);
        return summary with
        {
            Distinct = values.CountDistinct(double.NaN),
            Minimum = least,
            Maximum = most,
            Mean = mean,
            Deviation = least == most ? 0 : deviation,
            Histogram = TextHistogram.Of(Values),
        };
    }

    internal override string? WhyUseless()
    {
        var numbers = Values;
        if (Count <= 1)
            return null;
        if (numbers.IndexOfAnyExcept(numbers[0]) < 0)
            return $"it is {NumberText.Format(numbers[0])} in every row";
        return Settings.Kind is null && IsRunning(numbers) && IdentifierName.Is(Name)
            ? "it numbers the rows: whole numbers that only rise, under a name like an identifier's. To use it all the "
                + $"same, -Column @{{ '{Name}' = 'Number' }}"
            : null;
    }

    internal override Column ToLabel(LabelKind? kind, Action<string>? log)
    {
        if (kind is LabelKind.Labels)
            return LabelColumn.OfSeveral(ToNames(), this, log);
        if (kind is LabelKind.Class)
            return ToNames();
        if (kind is null && LabelColumn.ClassCount(Values) is var count and > 0)
        {
            log?.Invoke($"Label '{Name}' is a class: it has {count} different whole numbers. If they are amounts, use "
                + "-LabelKind Number.");
            return ToNames();
        }

        LabelColumn.LogNumber(Name, kind is null ? log : null);
        return this;
    }

    internal override LabelPlan FitLabel() =>
        new([LabelFitting.Part(Name, Values)], LabelKind.Number, new Shape(1), []);

    internal override ColumnStore<double> AsNumbers() => values;

    internal override (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() =>
        ColumnValues.NumberLevels(Name, values);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new NumberColumn(Name, values.Take(rows, budget));

    private protected override Column Part(int first, int count) => new NumberColumn(Name, values.Slice(first, count));

    private protected override Column Copy(string name) => new NumberColumn(name, values);

    private static bool IsRunning(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] != Math.Floor(values[i]) || i > 0 && !(values[i] > values[i - 1]))
                return false;
        return true;
    }

    private CategoryColumn ToNames()
    {
        var (codes, levels) = AsLevels();
        return new CategoryColumn(Name, codes, levels);
    }
}

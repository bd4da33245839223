namespace DeepPS.Data;

/// <summary>A point in time per row, in its source's own time zone.</summary>
public sealed class TimeColumn : Column
{
    /// <summary>Stands for a missing value.</summary>
    public const long None = long.MinValue;

    private readonly ColumnStore<long> ticks;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="ticks">
    /// The ticks of each row's <see cref="DateTime"/>: units of 100 ns since year 1; <see cref="None"/> where it is
    /// missing.
    /// </param>
    public TimeColumn(string name, long[] ticks)
        : this(name, (ColumnStore<long>)ticks)
    {
    }

    internal TimeColumn(string name, ColumnStore<long> ticks)
        : base(name) => this.ticks = ticks;

    /// <summary>The ticks of each row's <see cref="DateTime"/>; <see cref="None"/> where it is missing.</summary>
    public ReadOnlySpan<long> Ticks => ticks.Span;

    internal ColumnStore<long> Store => ticks;

    /// <inheritdoc/>
    public override string Kind => "Time";

    /// <inheritdoc/>
    public override int Count => Ticks.Length;

    /// <inheritdoc/>
    public override int Missing => Ticks.Count(None);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : new DateTime(Ticks[row]);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Ticks[row] == None;

    /// <inheritdoc/>
    public override string Describe() => Range(Ticks) is var (least, most)
        ? FormattableString.Invariant($"{new DateTime(least):s} to {new DateTime(most):s}")
        : "none";

    /// <summary>The earliest and the latest point in time; null where all are missing.</summary>
    internal static (long Least, long Most)? Range(ReadOnlySpan<long> ticks)
    {
        var (least, most) = (long.MaxValue, None);
        foreach (var tick in ticks)
            if (tick != None)
                (least, most) = (Math.Min(least, tick), Math.Max(most, tick));
        return most == None ? null : (least, most);
    }

    internal override long RowBytes => sizeof(long);

    internal override bool HasMean => true;

    internal override bool HasMode => true;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        Settings.Kind is { } kind ? EncoderChoice.Wished(this, kind, embeds)
            : (TimeEncoder.Fit(this), "points in time");

    internal override void AddTo(ValueHash hash) => hash.Add(Ticks);

    internal override ColumnSummary Summarize(ColumnSummary summary)
    {
        if (Range(Ticks) is not var (least, most))
            return summary;
        var days = ticks.Convert(tick => tick == None ? double.NaN : TimeParts.Of(TimePart.Trend, tick));
        return summary with
        {
            Distinct = ticks.CountDistinct(None),
            Minimum = new DateTime(least),
            Maximum = new DateTime(most),
            Histogram = TextHistogram.Of(days.Span),
        };
    }

    internal override string? WhyUseless() => Count > 1 && Ticks.IndexOfAnyExcept(Ticks[0]) < 0
        ? FormattableString.Invariant($"it is {this[0]:s} in every row") : null;

    internal override ColumnStore<long> AsTimes(bool? dayFirst) => ticks;

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TimeColumn(Name, ticks.Take(rows, budget));

    private protected override Column Part(int first, int count) => new TimeColumn(Name, ticks.Slice(first, count));

    private protected override Column Copy(string name) => new TimeColumn(name, ticks);
}

using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A name per row, or text.</summary>
public sealed class CategoryColumn : Column
{
    private const int LevelsShown = 10;
    private readonly ColumnStore<int> codes;
    private readonly Lazy<Array> values;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">The number of each row's level; -1 where it is missing.</param>
    /// <param name="levels">The names, by number.</param>
    public CategoryColumn(string name, int[] codes, IReadOnlyList<string> levels)
        : this(name, (ColumnStore<int>)codes, levels)
    {
    }

    internal CategoryColumn(string name, ColumnStore<int> codes, IReadOnlyList<string> levels)
        : base(name)
    {
        this.codes = codes;
        Levels = levels as string[] ?? levels.ToArray();
        values = new(() => ClassValues.Of(Levels, Facts.IsBoolean));
    }

    /// <summary>The number of each row's level in <see cref="Levels"/>; -1 where it is missing.</summary>
    public ReadOnlySpan<int> Codes => codes.Span;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; }

    internal ColumnStore<int> Store => codes;

    /// <summary>The levels as numbers or booleans, where all of them are; see <see cref="ClassValues"/>.</summary>
    internal Array Values => values.Value;

    /// <inheritdoc/>
    public override string Kind => "Category";

    /// <inheritdoc/>
    public override int Count => Codes.Length;

    /// <inheritdoc/>
    public override int Missing => Codes.Count(-1);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : Levels[Codes[row]];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes[row] < 0;

    /// <inheritdoc/>
    public override string Describe() => Describe(Levels);

    internal static string Describe(IReadOnlyList<string> levels) =>
        $"{levels.Count}: {string.Join(", ", levels.Take(LevelsShown))}" + (levels.Count > LevelsShown ? ", ..." : "");

    internal override long RowBytes => sizeof(int);

    internal override bool HasMode => true;

    internal override bool IsYesOrNo => LevelCounts.Of(this).All(level => BooleanLevels.Parse(level.Level) is not null);

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log)
    {
        if (Settings.Kind is ColumnKind.Text)
            return (TextEncoder.Fit(this, log), "-Column says Text");
        if (Settings.Kind is { } kind)
            return EncoderChoice.Wished(this, kind, embeds);
        return Settings.Coding is null && BooleanLevels.Are(LevelCounts.Of(this).Select(pair => pair.Level).ToArray())
            ? (BooleanEncoder.Fit(this), "its values are yes and no")
            : EncoderChoice.Names(this, embeds);
    }

    internal override void AddTo(ValueHash hash) => hash.Add(Codes).Add(Levels);

    internal override ColumnSummary Summarize(ColumnSummary summary)
    {
        var counts = LevelCounts.Of(this);
        var byCount = counts.OrderByDescending(level => level.Count).Select(level => level.Level).ToArray();
        return summary with
        {
            Distinct = counts.Length,
            MostCommon = byCount.FirstOrDefault(),
            Levels = byCount,
            Histogram = TextHistogram.OfLevels(Array.ConvertAll(counts, level => level.Count)),
        };
    }

    internal override string? WhyUseless() => NamesCheck.WhyUseless(this);

    internal override Column ToLabel(LabelKind? kind, Action<string>? log)
    {
        if (kind is LabelKind.Labels)
            return LabelColumn.OfSeveral(this, this, log);
        if (kind is LabelKind.Number)
            return new NumberColumn(Name, AsNumbers());
        log?.Invoke($"Label '{Name}' is a class: one of {Levels.Count}.");
        return this;
    }

    internal override ColumnStore<double> AsNumbers()
    {
        var numbers = Levels.Select(level => NumberText.TryParse(level, out var number) ? number : double.NaN)
            .ToArray();
        var row = 0;
        return codes.Convert(code =>
        {
            row++;
            return code < 0 ? double.NaN
                : double.IsNaN(numbers[code]) ? throw ColumnValues.NotANumber(Name, Levels[code], $" in row {row:N0}")
                : numbers[code];
        });
    }

    internal override (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() => (codes, Levels);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new CategoryColumn(Name, codes.Take(rows, budget), Levels);

    private protected override Column Part(int first, int count) =>
        new CategoryColumn(Name, codes.Slice(first, count), Levels);

    private protected override Column Copy(string name) => new CategoryColumn(name, codes, Levels);
}

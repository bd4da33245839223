namespace DeepPS.Data;

/// <summary>One of a few names a row.</summary>
public sealed class CategoryColumn : Column
{
    private const int LevelsShown = 10;
    private readonly ColumnStore<int> codes;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">The number of each row's level; -1 where there is none.</param>
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
    }

    /// <summary>The number of each row's level in <see cref="Levels"/>; -1 where there is none.</summary>
    public ReadOnlySpan<int> Codes => codes.Span;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; }

    internal ColumnStore<int> Store => codes;

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

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) => new CategoryColumn(Name, codes.Take(rows, budget), Levels);

    private protected override Column Part(int first, int count) => new CategoryColumn(Name, codes.Slice(first, count), Levels);

    private protected override Column Copy(string name) => new CategoryColumn(name, codes, Levels);
}

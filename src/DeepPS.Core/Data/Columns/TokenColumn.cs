using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of names a row, such as the words of a sentence, all rows of one shape.</summary>
/// <param name="name">The column's name.</param>
/// <param name="codes">The number of the level at each place, row after row; -1 where there is none.</param>
/// <param name="levels">The names, by number.</param>
/// <param name="shape">The shape of one array.</param>
public sealed class TokenColumn(string name, int[] codes, IReadOnlyList<string> levels, Shape shape) : Column(name)
{
    /// <summary>The number of the level at each place, row after row; -1 where there is none.</summary>
    public int[] Codes { get; } = codes;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; } = levels as string[] ?? levels.ToArray();

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Tokens";

    /// <inheritdoc/>
    public override int Count => (int)(Codes.LongLength / Shape.Size);

    /// <summary>How many rows have no name at any place.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null
        : NestedArray.Of(Array.ConvertAll(Of(row).ToArray(), code => code < 0 ? null : Levels[code]), Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => !Of(row).ContainsAnyExcept(-1);

    /// <inheritdoc/>
    public override string Describe() => $"{Shape} of {CategoryColumn.Describe(Levels)}";

    internal override long RowBytes => sizeof(int) * Shape.Size;

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TokenColumn(Name, ColumnRows.Take<int>(Codes, rows, (int)Shape.Size), Levels, Shape);

    private protected override Column Copy(string name) => new TokenColumn(name, Codes, Levels, Shape);

    private ReadOnlySpan<int> Of(int row) => Codes.AsSpan(row * (int)Shape.Size, (int)Shape.Size);
}

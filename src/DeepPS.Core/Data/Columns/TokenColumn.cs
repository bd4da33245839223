using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of names per row, such as the words of a sentence, all of one shape.</summary>
/// <param name="name">The column's name.</param>
/// <param name="codes">The number of the level at each place, row after row; -1 where a name is missing.</param>
/// <param name="levels">The names, by number.</param>
/// <param name="shape">The shape of one array.</param>
public sealed class TokenColumn(string name, int[] codes, IReadOnlyList<string> levels, Shape shape)
    : Column(name)
{
    /// <summary>The number of the level at each place, row after row; -1 where a name is missing.</summary>
    public int[] Codes { get; } = codes;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; } = levels as string[] ?? levels.ToArray();

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Tokens";

    /// <inheritdoc/>
    public override int Count => (int)(Codes.LongLength / Shape.Size);

    /// <summary>The number of rows without any name.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null
        : NestedArray.Of(Array.ConvertAll(Of(row).ToArray(), code => code < 0 ? null : Levels[code]), Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => !Of(row).ContainsAnyExcept(-1);

    /// <inheritdoc/>
    public override string Describe() => $"{Shape} of {CategoryColumn.Describe(Levels)}";

    internal override long RowBytes => sizeof(int) * Shape.Size;

    internal override Shape ValueShape => Shape;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (TokenEncoder.Fit(this), "arrays of names");

    internal override void AddTo(ValueHash hash) => hash.Add<int>(Codes).Add(Levels);

    internal override Column ToLabel(LabelKind? kind, Action<string>? log)
    {
        if (kind is LabelKind.Labels)
            return LabelColumn.OfSeveral(Joined(), this, log);
        if (kind is LabelKind.Number)
            throw ColumnValues.NotANumber(Name, Levels[0]);
        log?.Invoke($"Label '{Name}' is a class at each of {Shape.Size} places, one of {Levels.Count}.");
        return this;
    }

    internal override (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() => (Codes, Levels);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TokenColumn(Name, ColumnRows.Take<int>(Codes, rows, (int)Shape.Size), Levels, Shape);

    private protected override Column Copy(string name) => new TokenColumn(name, Codes, Levels, Shape);

    /// <summary>The names of each row as one text.</summary>
    private CategoryColumn Joined()
    {
        var builder = new ColumnBuilder(Name, ColumnKind.Category);
        for (var row = 0; row < Count; row++)
            if (this[row] is IList names)
                builder.Add(SeveralNames.Join(names));
            else
                builder.AddMissing();
        return (CategoryColumn)builder.Build();
    }

    private ReadOnlySpan<int> Of(int row) => Codes.AsSpan(row * (int)Shape.Size, (int)Shape.Size);
}

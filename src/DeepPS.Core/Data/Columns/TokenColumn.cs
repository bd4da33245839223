using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An array of names per row, such as the words of a sentence, all of one shape, or padded to it.</summary>
public sealed class TokenColumn : Column
{
    private readonly SequenceLengths? lengths;

    /// <summary>Makes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">The number of the level at each place, row after row; -1 where a name is missing.</param>
    /// <param name="levels">The names, by number.</param>
    /// <param name="shape">The shape of one array.</param>
    public TokenColumn(string name, int[] codes, IReadOnlyList<string> levels, Shape shape)
        : this(name, codes, levels, shape, null)
    {
    }

    internal TokenColumn(string name, int[] codes, IReadOnlyList<string> levels, Shape shape, SequenceLengths? lengths)
        : base(name)
    {
        Codes = codes;
        Levels = levels as string[] ?? levels.ToArray();
        Shape = shape;
        this.lengths = lengths;
    }

    /// <summary>The number of the level at each place, row after row; -1 where a name is missing.</summary>
    public int[] Codes { get; }

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>The shape of one array.</summary>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public override string Kind => "Tokens";

    /// <inheritdoc/>
    public override int Count => (int)(Codes.LongLength / Shape.Size);

    /// <summary>The number of rows without any name.</summary>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null
        : NestedArray.Of(Array.ConvertAll(Of(row).ToArray(), code => code < 0 ? null : Levels[code]),
            lengths?.ShapeOf(row) ?? Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => !Of(row).ContainsAnyExcept(-1);

    /// <inheritdoc/>
    public override string Describe() => $"{(IsPadded ? "up to " : "")}{Shape} of {CategoryColumn.Describe(Levels)}";

    internal override bool IsPadded => lengths is not null;

    /// <summary>Where each row ends; null where none is padded.</summary>
    internal SequenceLengths? Lengths => lengths;

    internal override Column PaddedTo(Shape shape)
    {
        var own = lengths ?? new SequenceLengths(Enumerable.Repeat((int)Shape[0], Count).ToArray(), Shape);
        if (shape.Rank == 0 || Shape.Equals(shape) && IsPadded || !own.Fit(shape))
            return this;
        var (padded, codes) = own.To<int>(Name, Codes, shape, -1);
        return new TokenColumn(Name, codes, Levels, shape, padded);
    }

    internal override long RowBytes => sizeof(int) * Shape.Size;

    internal override Shape ValueShape => Shape;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (TokenEncoder.Fit(this), IsPadded ? "arrays of names of different lengths" : "arrays of names");

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
        new TokenColumn(Name, ColumnRows.Take<int>(Codes, rows, (int)Shape.Size), Levels, Shape, lengths?.Take(rows));

    private protected override Column Copy(string name) => new TokenColumn(name, Codes, Levels, Shape, lengths);

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

    private ReadOnlySpan<int> Of(int row) => Codes.AsSpan(row * (int)Shape.Size, lengths?.Of(row) ?? (int)Shape.Size);
}

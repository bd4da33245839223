namespace DeepPS.Data;

/// <summary>The user's wishes for a column; null leaves the choice to the column's values.</summary>
public sealed record ColumnSettings
{
    /// <summary>No wishes.</summary>
    public static readonly ColumnSettings None = new();

    /// <summary>How the column is read.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>What happens to missing values.</summary>
    public MissingRule? Missing { get; init; }

    /// <summary>The value that replaces missing ones; the rule is then Constant.</summary>
    public string? Fill { get; init; }

    /// <summary>How numbers are scaled.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>How names are encoded.</summary>
    public CategoryCoding? Coding { get; init; }

    /// <summary>
    /// The parts of points in time that the network sees; null: all parts that vary in training, except the month.
    /// </summary>
    public TimePart[]? Parts { get; init; }

    /// <summary>All classes of a label, or all of its names, in the order of the network's outputs, also those that do
    /// not occur; null: those of the training part, sorted.</summary>
    public string[]? Classes { get; init; }

    /// <summary>How the pixels of a column of images are normalised.</summary>
    public ImageNormalization ImageNormalization { get; init; }

    /// <summary>The units that text is split into; null: words.</summary>
    public TokenizerKind? Tokenizer { get; init; }

    /// <summary>
    /// The largest number of different tokens of text, the most frequent ones; null: 10,000. Byte pairs need 256 or
    /// more.
    /// </summary>
    public int? Vocabulary { get; init; }

    /// <summary>How often a token must occur in the training text to be known; null: twice.</summary>
    public int? MinimumCount { get; init; }

    /// <summary>How many tokens of each text are used; null: as many as 95 % of the texts have, at most 256. For trees:
    /// the most nodes of one; null: those of the largest tree.</summary>
    public int? Length { get; init; }

    /// <summary>The property with the children of a tree's node; null: Children.</summary>
    public string? Children { get; init; }

    /// <summary>The properties with the numbers of a tree's node; null: those of the first root that hold numbers.
    /// </summary>
    public string[]? Values { get; init; }

    /// <summary>Whether upper and lower case differ in text; null: they do not.</summary>
    public bool? CaseSensitive { get; init; }

    /// <summary>
    /// Whether the day comes first in dates such as 1/2/2024; null: decided by all of the column's values, if it
    /// matters.
    /// </summary>
    public bool? DayFirst { get; init; }

    /// <summary>What happens to missing values, Constant where there is a fill.</summary>
    internal MissingRule? MissingRule => Missing ?? (Fill is null ? null : Data.MissingRule.Constant);
}

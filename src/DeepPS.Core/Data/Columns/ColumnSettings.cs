namespace DeepPS.Data;

/// <summary>What a user says about a column; what is null is decided by its values.</summary>
public sealed record ColumnSettings
{
    /// <summary>Nothing was said.</summary>
    public static readonly ColumnSettings None = new();

    /// <summary>What the column is taken for.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>What becomes of missing values.</summary>
    public MissingRule? Missing { get; init; }

    /// <summary>What stands for a missing value; the rule is then Constant.</summary>
    public string? Fill { get; init; }

    /// <summary>How numbers are scaled.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>How names are coded.</summary>
    public CategoryCoding? Coding { get; init; }

    /// <summary>What is seen of points in time; null: all parts that vary in training, but not the month.</summary>
    public TimePart[]? Parts { get; init; }

    /// <summary>What was made of the files that a column of images came from; null: it came from none.</summary>
    public ImagePreparation? Image { get; init; }

    /// <summary>What becomes of the pixels of a column of images.</summary>
    public ImageNormalization ImageNormalization { get; init; }

    /// <summary>What text is cut into; null: words.</summary>
    public TokenizerKind? Tokenizer { get; init; }

    /// <summary>How many different tokens text has at most, the most frequent ones; null: 10,000. Of byte pairs 256 at least.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>How often a token of text must occur to be known; null: twice.</summary>
    public int? MinimumCount { get; init; }

    /// <summary>How many tokens of each text are looked at; null: as many as 95 % of the texts have, 256 at most.</summary>
    public int? Length { get; init; }

    /// <summary>Whether upper and lower case differ in text; null: they do not.</summary>
    public bool? CaseSensitive { get; init; }

    /// <summary>Why it is no input, whatever its values; null: they decide.</summary>
    internal string? LeftOut { get; init; }

    /// <summary>Whether the day comes first in dates such as 1/2/2024; null: decided by all of the column's values, if it matters.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>How its source writes values; null: in the usual way.</summary>
    internal WrittenForm? Written { get; init; }

    /// <summary>Whether it is a label of several names a row, in one text.</summary>
    internal bool HoldsSeveral { get; init; }

    /// <summary>What becomes of missing values, a fill among it.</summary>
    internal MissingRule? MissingRule => Missing ?? (Fill is null ? null : Data.MissingRule.Constant);
}

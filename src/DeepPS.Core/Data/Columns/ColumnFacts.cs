namespace DeepPS.Data;

/// <summary>
/// What a reader learnt about a column beside its values. The user's wishes are <see cref="ColumnSettings"/>.
/// </summary>
internal sealed record ColumnFacts
{
    /// <summary>Nothing is known.</summary>
    public static readonly ColumnFacts None = new();

    /// <summary>Why the column cannot be an input, whatever its values; null: they decide.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Whether the column is left out because the user named it for something else, such as groups.</summary>
    public bool IsLeftOutByUse { get; init; }

    /// <summary>Whether all values of the source are booleans, not texts such as True.</summary>
    public bool IsBoolean { get; init; }

    /// <summary>Whether the day comes first in dates such as 1/2/2024; null: the values do not depend on it.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>How the source writes values; null: the usual way.</summary>
    public WrittenForm? Written { get; init; }

    /// <summary>Whether the column is a label of several names a row, in one text.</summary>
    public bool HoldsSeveral { get; init; }

    /// <summary>Whether the column is a label of text that the network produces.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether levels keep their order and number, also those that do not occur.</summary>
    public bool HasLevelOrder { get; init; }

    /// <summary>How image files were prepared; null: the images were not read from files.</summary>
    public ImagePreparation? Image { get; init; }
}

namespace DeepPS;

/// <summary>What a user says about a column; what is null is decided by its values.</summary>
public sealed record ColumnSettings
{
    /// <summary>Nothing was said.</summary>
    public static readonly ColumnSettings None = new();

    /// <summary>What the column is taken for.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>Whether the day comes first in dates such as 1/2/2024; null: decided by all of the column's values, if it matters.</summary>
    public bool? DayFirst { get; init; }
}

namespace DeepPS;

/// <summary>What a user says about a column; what is null is decided by its values.</summary>
public sealed record ColumnSettings
{
    /// <summary>Nothing was said.</summary>
    public static readonly ColumnSettings None = new();

    /// <summary>What the column is taken for.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>Why it is no input, whatever its values; null: they decide.</summary>
    internal string? LeftOut { get; init; }
}

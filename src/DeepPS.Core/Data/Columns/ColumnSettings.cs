namespace DeepPS;

/// <summary>What a user says about a column; what is null is decided by its values.</summary>
public sealed record ColumnSettings
{
    /// <summary>Nothing was said.</summary>
    public static readonly ColumnSettings None = new();

    /// <summary>What the column is taken for.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>What was made of the files that a column of images came from; null: it came from none.</summary>
    public ImagePreparation? Image { get; init; }

    /// <summary>What becomes of the pixels of a column of images.</summary>
    public ImageNormalization ImageNormalization { get; init; }
}

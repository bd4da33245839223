namespace DeepPS;

/// <summary>What becomes of a column.</summary>
public enum ColumnRole
{
    /// <summary>The network sees it.</summary>
    Input,

    /// <summary>The network predicts it.</summary>
    Label,

    /// <summary>It says how much a row counts in the loss.</summary>
    Weight,

    /// <summary>It is not used.</summary>
    LeftOut,
}

/// <summary>What becomes of one column, and why.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Role">Whether it is an input, the label, or left out.</param>
/// <param name="Encoder">How its values become numbers, in words; null where it is left out.</param>
/// <param name="Reason">Why it is left out; null where it is not.</param>
public sealed record ColumnPlan(string Name, ColumnRole Role, string? Encoder, string? Reason)
{
    internal ColumnEncoder? Encoding { get; init; }
}

namespace DeepPS.Data;

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
/// <param name="Reason">Why that was decided; null where a model of an earlier version does not say.</param>
public sealed record ColumnPlan(string Name, ColumnRole Role, string? Encoder, string? Reason)
{
    /// <summary>The kind of its values, such as <c>Number</c>; null where a model of an earlier version does not say.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether rows without a value are left out or refused; null: something stands for it.</summary>
    internal MissingRule? Missing { get; init; }

    /// <summary>How the source of training writes its values; null: in the usual way.</summary>
    internal WrittenForm? Written { get; init; }

    internal ColumnEncoder? Encoding { get; init; }
}

namespace DeepPS.Data;

/// <summary>The role of a column.</summary>
public enum ColumnRole
{
    /// <summary>An input of the network.</summary>
    Input,

    /// <summary>The network predicts the column.</summary>
    Label,

    /// <summary>The weight of each row in the loss.</summary>
    Weight,

    /// <summary>The column is not used.</summary>
    LeftOut,
}

/// <summary>The role and encoding of one column, with the reason.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Role">Whether it is an input, the label, or left out.</param>
/// <param name="Encoder">A description of how its values become numbers; null where it is left out.</param>
/// <param name="Reason">The reason for that; null in models of earlier versions.</param>
public sealed record ColumnPlan(string Name, ColumnRole Role, string? Encoder, string? Reason)
{
    /// <summary>The kind of its values, such as <c>Number</c>; null in models of earlier versions.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether rows without a value are left out or refused; null: another value replaces it.</summary>
    internal MissingRule? Missing { get; init; }

    /// <summary>How the training source writes values; null: the usual way.</summary>
    internal WrittenForm? Written { get; init; }

    internal ColumnEncoder? Encoding { get; init; }
}

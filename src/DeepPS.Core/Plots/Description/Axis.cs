namespace DeepPS.Plots;

/// <summary>An axis of a panel.</summary>
/// <param name="Label">The quantity.</param>
/// <param name="Unit">Its unit; null if it has none.</param>
public sealed record Axis(string Label, string? Unit = null)
{
    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>Whether the values are times, as <see cref="DateTime.ToOADate"/> gives them.</summary>
    public bool IsTime { get; init; }

    /// <summary>The lower end; null for that of the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>The upper end; null for that of the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>The label with its unit.</summary>
    public override string ToString() => Unit is null ? Label : $"{Label} ({Unit})";
}

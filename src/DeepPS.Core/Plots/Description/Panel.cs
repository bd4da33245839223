namespace DeepPS.Plots;

/// <summary>A part of a figure with axes of its own.</summary>
public sealed record Panel
{
    /// <summary>The heading; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The values, the first drawn first.</summary>
    public required IReadOnlyList<Series> Series { get; init => field = value.ToArray(); }
}

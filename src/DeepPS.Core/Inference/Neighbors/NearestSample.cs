namespace DeepPS.Inference;

/// <summary>A sample of a support set that is near to another sample.</summary>
public sealed record NearestSample
{
    /// <summary>The number of the sample whose neighbors are found, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>1 for the nearest neighbor, 2 for the second, and so on.</summary>
    public required int Order { get; init; }

    /// <summary>The neighbor's row in the support set, from 1.</summary>
    public required int Neighbor { get; init; }

    /// <summary>The neighbor's class, or other label; null if the support set has none.</summary>
    public required object? Class { get; init; }

    /// <summary>The distance to the neighbor.</summary>
    public required double Distance { get; init; }

    /// <summary>The class of most neighbors; of several, that of the nearest neighbor. Null without a class label.
    /// </summary>
    public required object? Prediction { get; init; }

    /// <summary>The share of the neighbors of that class; null without a class label.</summary>
    public required double? Share { get; init; }
}

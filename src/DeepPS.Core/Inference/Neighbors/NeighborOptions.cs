namespace DeepPS.Inference;

/// <summary>How neighbors of samples are found.</summary>
public sealed record NeighborOptions
{
    /// <summary>The layer whose outputs are compared, or <c>input</c>; null for the output of a model that was trained
    /// to give embeddings, else the layer before the output.</summary>
    public string? Layer { get; init; }

    /// <summary>The number of neighbors that are found and vote.</summary>
    public int Count { get; init; } = 5;

    /// <summary>The distance.</summary>
    public NeighborDistance Distance { get; init; }
}

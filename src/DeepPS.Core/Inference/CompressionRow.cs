namespace DeepPS.Inference;

/// <summary>The size of a model, and what it loses, if one of its layers or all of them are compressed.</summary>
public sealed record CompressionRow
{
    /// <summary>The layer's name; * for all layers.</summary>
    public required string Layer { get; init; }

    /// <summary>The layer's type; empty for all layers.</summary>
    public required string Type { get; init; }

    /// <summary>The way in words: <c>Rank 16</c>; <c>None</c> for the model as it is.</summary>
    public required string Method { get; init; }

    /// <summary>The rank that was chosen; null if there is none, or one for each layer.</summary>
    public int? Rank { get; init; }

    /// <summary>The number of parameters of the layer before, without pruned ones.</summary>
    public required long Parameters { get; init; }

    /// <summary>The number after.</summary>
    public required long CompressedParameters { get; init; }

    /// <summary>The bytes of the layer's parameters in a model file before.</summary>
    public required long Bytes { get; init; }

    /// <summary>The bytes after.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>The bytes of all parameters of the model in a model file after.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>The relative error of the layer's weight: the Frobenius norm of its change over its own; null for all
    /// layers.</summary>
    public double? WeightError { get; init; }

    /// <summary>The loss on the data; null without data.</summary>
    public double? Loss { get; init; }

    /// <summary>The metrics on the data. Cmdlets show each as a property.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics() => MetricValues;

    internal IReadOnlyList<KeyValuePair<string, double>> MetricValues { get; init => field = value.ToArray(); } = [];
}

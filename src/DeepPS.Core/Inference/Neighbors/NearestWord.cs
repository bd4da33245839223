namespace DeepPS.Inference;

/// <summary>A word whose vector is near to a vector.</summary>
public sealed record NearestWord
{
    /// <summary>1 for the nearest word, 2 for the second, and so on.</summary>
    public required int Order { get; init; }

    /// <summary>The word.</summary>
    public required string Word { get; init; }

    /// <summary>The cosine of the angle between the two vectors: 1 for the same direction.</summary>
    public required double Similarity { get; init; }
}

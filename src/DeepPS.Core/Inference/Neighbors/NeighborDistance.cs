namespace DeepPS.Inference;

/// <summary>The distance between two representations.</summary>
public enum NeighborDistance
{
    /// <summary>1 minus the cosine of their angle: 0 for the same direction, 2 for opposite ones.</summary>
    Cosine,

    /// <summary>The length of their difference.</summary>
    Euclidean,
}

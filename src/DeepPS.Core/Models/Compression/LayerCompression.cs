namespace DeepPS.Models;

/// <summary>A layer of a model before and after a compression.</summary>
/// <param name="Layer">The layer's name; for a layer inside another one with the names of those around it.</param>
/// <param name="Type">The layer's type before it.</param>
/// <param name="Method">The way in words: <c>Rank 16</c>.</param>
/// <param name="Rank">The rank; null if the layer was not factored.</param>
/// <param name="Before">Its size before.</param>
/// <param name="After">Its size after.</param>
/// <param name="WeightError">The relative error of the weight: the Frobenius norm of its change over its own.</param>
/// <param name="Reason">Why the layer stays as it is; empty if it changed.</param>
public sealed record LayerCompression(string Layer, string Type, string Method, int? Rank, ModelSize Before,
    ModelSize After, double WeightError, string Reason);

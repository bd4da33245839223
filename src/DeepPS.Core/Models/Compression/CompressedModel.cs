namespace DeepPS.Models;

/// <summary>A model with smaller layers.</summary>
/// <param name="Model">The new model.</param>
/// <param name="Layers">What happened to each layer that was to be compressed.</param>
public sealed record CompressedModel(Model Model, IReadOnlyList<LayerCompression> Layers);

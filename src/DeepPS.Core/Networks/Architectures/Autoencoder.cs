using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>An autoencoder: Dense layers to a small code and back to the input, which it learns to give
/// again.</summary>
/// <remarks>Any shape to the same shape. Without activations and hidden layers it finds the same subspace as principal
/// components; Bourlard and Kamp, Auto-Association by Multilayer Perceptrons and Singular Value Decomposition
/// (1988).</remarks>
[CatalogEntry("Autoencoder")]
public sealed record Autoencoder : DenseAutoencoder;

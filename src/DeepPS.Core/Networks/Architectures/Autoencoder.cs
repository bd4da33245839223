using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>Autoencoder of Dense layers: encodes the input to a small code and reconstructs it.</summary>
/// <remarks>Any shape to the same shape. Without activations and hidden layers it finds the subspace of the principal
/// components; Bourlard and Kamp, Auto-Association by Multilayer Perceptrons and Singular Value Decomposition
/// (1988).</remarks>
[CatalogEntry("Autoencoder")]
public sealed record Autoencoder : DeterministicAutoencoder;

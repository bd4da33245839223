using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Denoising autoencoder: reconstructs the clean input from a noisy one.</summary>
/// <remarks>Any shape to the same shape. Vincent, Larochelle, Lajoie, Bengio and Manzagol, Stacked Denoising
/// Autoencoders (2010), with Gaussian noise.</remarks>
[CatalogEntry("DenoisingAutoencoder")]
public sealed record DenoisingAutoencoder : DeterministicAutoencoder
{
    /// <summary>The standard deviation of the noise.</summary>
    [Setting(Minimum = 0)]
    public double Noise { get; init; } = 0.3;

    private protected override IEnumerable<Layer> Before =>
        [new GaussianNoise { Name = "noise", StandardDeviation = Noise }];
}

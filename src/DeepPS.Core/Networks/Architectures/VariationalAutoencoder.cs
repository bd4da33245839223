using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Variational autoencoder: its codes are normal random numbers, so that New-DlSample makes new
/// samples.</summary>
/// <remarks>Any shape to the same shape. The encoder gives a mean and a variance for each number of the code, from
/// which the layer <c>code</c> draws. Train it with loss BinaryCrossEntropy for pixels from 0 to 1, as the paper does;
/// the output must then have no activation. Kingma and Welling, Auto-Encoding Variational Bayes (2014); with another
/// Beta, Higgins and others, beta-VAE (2017).</remarks>
[CatalogEntry("VariationalAutoencoder", "VAE")]
public sealed record VariationalAutoencoder : DenseAutoencoder
{
    /// <summary>Sets the sizes and the activation of the paper.</summary>
    public VariationalAutoencoder()
    {
        Code = 20;
        Hidden = [500];
        Activation = new Tanh();
    }

    /// <summary>The weight of the codes' distance from the normal distribution, relative to the sum of the loss over
    /// the numbers of a sample.</summary>
    [Setting(Minimum = 0)]
    public double Beta { get; init; } = 1;

    private protected override IEnumerable<Layer> CodeLayers(Shape input) =>
        [Part("moments", 2 * Code, null), new GaussianSampling { Name = "code", KLWeight = Beta / input.Size }];
}

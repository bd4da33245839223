using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Networks;

/// <summary>Sparse autoencoder: a wide code of which few units are active at a time.</summary>
/// <remarks>Any shape to the same shape. Training pulls the mean activity of each code unit to <see cref="Rho"/>. Ng,
/// Sparse Autoencoder (CS294A, 2011), whose networks have one hidden layer.</remarks>
[CatalogEntry("SparseAutoencoder")]
public sealed record SparseAutoencoder : DeterministicAutoencoder
{
    /// <summary>Sets sigmoid units.</summary>
    public SparseAutoencoder()
    {
        Code = 196;
        Hidden = [];
        Activation = new Sigmoid();
        CodeActivation = new Sigmoid();
        OutputActivation = new Sigmoid();
    }

    /// <summary>The target of a code unit's mean activity over a batch.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Rho { get; init; } = 0.05;

    /// <summary>The weight of the sparsity penalty.</summary>
    [Setting(Minimum = 0)]
    public double Beta { get; init; } = 3;

    private protected override IEnumerable<Layer> CodeLayers(Shape input) =>
        [Part("code", Code, CodeActivation) with { ActivityRegularizer = new KLSparsity { Rho = Rho, Beta = Beta } }];
}

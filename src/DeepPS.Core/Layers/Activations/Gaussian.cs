using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>exp(-x^2).</summary>
/// <remarks>Used in radial basis networks: Broomhead and Lowe (1988).</remarks>
[CatalogEntry("Gaussian")]
public sealed record Gaussian : FixedActivation
{
    private protected override bool Sums => true;

    public override Tensor Apply(Tensor input) => input.square().neg_().exp_();
}

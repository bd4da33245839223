using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>For counts: minus the logarithm of their probability under a Poisson distribution whose rate the network
/// gives.</summary>
/// <remarks>exp(output) - label * output, the output being the logarithm of the rate; the label is taken as it is, not
/// standardised. Predictions are rates. It is PyTorch's <c>nn.PoissonNLLLoss</c>.</remarks>
[CatalogEntry("Poisson", "PoissonNLL")]
public sealed record Poisson : NumberLoss
{
    /// <summary>Whether the network gives the logarithm of the rate; else it gives the rate, which must stay above
    /// 0.</summary>
    [Setting]
    public bool LogInput { get; init; } = true;

    /// <summary>Adds Stirling's approximation of the part that does not depend on the network.</summary>
    [Setting]
    public bool Full { get; init; }

    public override bool Standardizes => false;

    public override Tensor Numbers(Tensor output) => LogInput ? output.exp() : output;

    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.poisson_nll_loss(output, target, LogInput, Full, reduction: reduction);
}

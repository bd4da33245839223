using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Poisson negative log-likelihood for counts: the network predicts the rate.</summary>
/// <remarks>exp(output) - label * output, where the output is the log of the rate. The label is not standardized.
/// Predictions are rates. PyTorch's <c>nn.PoissonNLLLoss</c>.</remarks>
[CatalogEntry("Poisson", "PoissonNLL")]
public sealed record Poisson : NumberLoss
{
    /// <summary>Whether the output is the log of the rate. If false it is the rate, which must stay above 0.</summary>
    [Setting]
    public bool LogInput { get; init; } = true;

    /// <summary>Whether to add Stirling's approximation of the constant part.</summary>
    [Setting]
    public bool Full { get; init; }

    public override bool Standardizes => false;

    public override Tensor Numbers(Tensor output) => LogInput ? output.exp() : output;

    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.poisson_nll_loss(output, target, LogInput, Full, reduction: reduction);
}

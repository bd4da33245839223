using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Hinge loss for two classes, as in a support vector machine.</summary>
/// <remarks>max(0, 1 - y f) of the output f, where y is 1 for class 1 and -1 for class 0. It gives no probabilities. It
/// is scikit-learn's <c>hinge_loss</c>.</remarks>
[CatalogEntry("Hinge")]
public sealed record Hinge : TwoClassLoss
{
    /// <summary>Whether to square the loss.</summary>
    [Setting]
    public bool Squared { get; init; }

    private protected override Tensor Losses(Tensor output, Tensor target)
    {
        var shortfall = target.mul(-2).add(1).mul(output).add(1).clamp_min(0);
        return Squared ? shortfall.square() : shortfall;
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>For one of several classes: how far other classes' outputs come within a margin of the right
/// one's.</summary>
/// <remarks>Output (places, classes) of scores: the sum over the other classes of max(0, margin - right + other)^P, by
/// the number of classes. A class weight is a factor on the loss of its samples. It is PyTorch's
/// <c>nn.MultiMarginLoss</c>.</remarks>
[CatalogEntry("MultiMargin", "MulticlassHinge")]
public sealed record MultiMargin : ClassifierLoss
{
    /// <summary>How far above the others the right class's output should be.</summary>
    [Setting(Position = 0)]
    public double Margin { get; init; } = 1;

    /// <summary>The power of the shortfall: 1, or 2 for its square.</summary>
    [Setting(Minimum = 1, Maximum = 2)]
    public int P { get; init; } = 1;

    private protected override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        F.multi_margin_loss(output, target, P, Margin, classWeights, nn.Reduction.None);
}

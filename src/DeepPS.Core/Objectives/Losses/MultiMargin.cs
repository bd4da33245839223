using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Multi-class margin (hinge) loss.</summary>
/// <remarks>Output (places, classes) of scores: the sum over the other classes of max(0, Margin - true + other)^P,
/// divided by the number of classes. A class weight multiplies the loss of its samples. PyTorch's
/// <c>nn.MultiMarginLoss</c>.</remarks>
[CatalogEntry("MultiMargin", "MulticlassHinge")]
public sealed record MultiMargin : ClassifierLoss
{
    /// <summary>The margin between the output of the true class and the others.</summary>
    [Setting(Position = 0)]
    public double Margin { get; init; } = 1;

    /// <summary>The exponent: 1 or 2.</summary>
    [Setting(Minimum = 1, Maximum = 2)]
    public int P { get; init; } = 1;

    private protected override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        F.multi_margin_loss(output, target, P, Margin, classWeights, nn.Reduction.None);
}

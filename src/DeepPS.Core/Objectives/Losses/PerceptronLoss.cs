using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>For two classes: how far the output is on the wrong side of 0, the loss behind Rosenblatt's
/// perceptron.</summary>
/// <remarks>max(0, -y f) of the one output f, y being 1 for class 1 and -1 for class 0: its gradient is the
/// perceptron's rule (Rosenblatt 1958). It gives no probabilities.</remarks>
[CatalogEntry("Perceptron")]
public sealed record PerceptronLoss : TwoClassLoss
{
    private protected override Tensor Losses(Tensor output, Tensor target) =>
        target.mul(-2).add(1).mul(output).clamp_min(0);
}

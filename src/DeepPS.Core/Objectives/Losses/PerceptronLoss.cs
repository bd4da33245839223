using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Perceptron loss for two classes: the distance of the output on the wrong side of 0.</summary>
/// <remarks>max(0, -y f) of the output f, where y is 1 for class 1 and -1 for class 0. Its gradient gives the
/// perceptron's learning rule (Rosenblatt 1958). It gives no probabilities.</remarks>
[CatalogEntry("Perceptron")]
public sealed record PerceptronLoss : TwoClassLoss
{
    private protected override Tensor Losses(Tensor output, Tensor target) =>
        target.mul(-2).add(1).mul(output).clamp_min(0);
}

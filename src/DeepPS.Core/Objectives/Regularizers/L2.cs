using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Lambda times the sum of the squares: it makes all values small.</summary>
/// <remarks>Keras' <c>L2</c>. Its gradient is 2 lambda times the value, so it works as a weight decay of twice lambda
/// through the gradient.</remarks>
[CatalogEntry("L2", "Ridge")]
public sealed record L2 : Regularizer
{
    /// <summary>How much the penalty counts.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Lambda { get; init; } = 0.01;

    public override Tensor Penalty(Tensor weight) => weight.square().sum().mul(Lambda);
}

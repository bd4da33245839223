using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>L2 penalty: Lambda times the sum of squares.</summary>
/// <remarks>Keras' <c>L2</c>. Its gradient is 2 Lambda times the value, the same as a weight decay of 2 Lambda in the
/// gradient.</remarks>
[CatalogEntry("L2", "Ridge")]
public sealed record L2 : Regularizer
{
    /// <summary>The weight of the penalty.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Lambda { get; init; } = 0.01;

    public override Tensor Penalty(Tensor weight) => weight.square().sum().mul(Lambda);
}

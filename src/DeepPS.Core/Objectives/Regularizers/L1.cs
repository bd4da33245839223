using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>L1 penalty: Lambda times the sum of absolute values. It makes many of them 0.</summary>
/// <remarks>Keras' <c>L1</c>. From Tibshirani, the lasso (1996).</remarks>
[CatalogEntry("L1", "Lasso")]
public sealed record L1 : Regularizer
{
    /// <summary>The weight of the penalty.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Lambda { get; init; } = 0.01;

    public override Tensor Penalty(Tensor weight) => weight.abs().sum().mul(Lambda);
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Lambda times the sum of the absolute values: it makes many of them 0.</summary>
/// <remarks>Keras' <c>L1</c>. From Tibshirani, the lasso (1996).</remarks>
[CatalogEntry("L1", "Lasso")]
public sealed record L1 : Regularizer
{
    /// <summary>How much the penalty counts.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Lambda { get; init; } = 0.01;

    public override Tensor Penalty(Tensor weight) => weight.abs().sum().mul(Lambda);
}

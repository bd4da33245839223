using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Elastic net: the sum of L1 and L2 penalties.</summary>
/// <remarks>Keras' <c>L1L2</c>. From Zou and Hastie, the elastic net (2005).</remarks>
[CatalogEntry("L1L2", "ElasticNet")]
public sealed record L1L2 : Regularizer
{
    /// <summary>The weight of the sum of absolute values.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Lambda1 { get; init; } = 0.01;

    /// <summary>The weight of the sum of squares.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Lambda2 { get; init; } = 0.01;

    public override Tensor Penalty(Tensor weight) =>
        new L1 { Lambda = Lambda1 }.Penalty(weight).add(new L2 { Lambda = Lambda2 }.Penalty(weight));
}

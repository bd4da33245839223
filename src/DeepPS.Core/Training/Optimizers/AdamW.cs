using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Adam with decoupled weight decay: it shrinks the parameters directly and does not enter the gradient.
/// </summary>
/// <remarks>PyTorch's <c>optim.AdamW</c>. From Loshchilov and Hutter (2017).</remarks>
[CatalogEntry("AdamW")]
public sealed record AdamW : AdaptiveMoments
{
    /// <summary>The fraction by which each step shrinks the parameters, times the learning rate.</summary>
    [Setting(Minimum = 0)]
    public override double WeightDecay { get; init; } = 0.01;

    private protected override bool DecaysParameters => true;
}

using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Adam whose weight decay goes straight to the parameters, not through the gradient.</summary>
/// <remarks>PyTorch's <c>optim.AdamW</c>. From Loshchilov and Hutter (2017).</remarks>
[CatalogEntry("AdamW")]
public sealed record AdamW : AdaptiveMoments
{
    /// <summary>How much each parameter shrinks in a step, times the learning rate.</summary>
    [Setting(Minimum = 0)]
    public override double WeightDecay { get; init; } = 0.01;

    private protected override bool DecaysParameters => true;
}

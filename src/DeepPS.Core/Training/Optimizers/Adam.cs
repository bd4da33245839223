namespace DeepPS;

/// <summary>A step by the mean gradient over the root of the mean square: each parameter finds its own pace.</summary>
/// <remarks>PyTorch's <c>optim.Adam</c>. From Kingma and Ba (2014).</remarks>
[CatalogEntry("Adam")]
public sealed record Adam : AdaptiveMoments
{
    /// <summary>How much of each parameter is added to its gradient, which draws it to 0.</summary>
    [Setting(Minimum = 0)]
    public double WeightDecay { get; init; }

    private protected override double GradientDecay => WeightDecay;

    private protected override double Shrinking(double learningRate) => 1;
}

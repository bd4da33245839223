using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Adds normal noise to each number while training.</summary>
/// <remarks>Any shape. Keras' <c>GaussianNoise</c>.</remarks>
[CatalogEntry("GaussianNoise")]
public sealed record GaussianNoise : UnaryLayer
{
    /// <summary>The standard deviation of the noise.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0)]
    public double StandardDeviation { get; init; }

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => input;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, context) =>
        context.Training
            ? empty(x.shape, dtype: x.dtype, device: x.device).normal_(0, StandardDeviation, context.Generator).add_(x)
            : x;
}

using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>DropConnect: a Dense layer that sets random weights to 0 while training, drawn again for each
/// batch.</summary>
/// <remarks>Shapes and parameters are Dense's. Each weight is kept with probability 1 - p and divided by 1 - p, so the
/// mean is the same as outside training. From Wan and others, Regularization of Neural Networks using DropConnect
/// (2013), which draws for each sample and estimates the output by sampling outside training.</remarks>
[CatalogEntry("DropConnect")]
public sealed record DropConnect : UnitsLayer
{
    /// <summary>The probability that a weight becomes 0.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 0.5;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildProduct(builder, [Units, builder.Input.Last()], (x, weight, bias) => LinearProduct.Of(x, weight, bias));

    private protected override Func<ForwardContext, Tensor> BuildWeight(LayerBuilder builder, long[] sizes)
    {
        var whole = base.BuildWeight(builder, sizes);
        return context =>
        {
            var weight = whole(context);
            return context.Training && Probability > 0
                ? weight.mul(DropoutNoise.Of(weight, sizes, Probability, context.Generator))
                : weight;
        };
    }
}

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Brings each sample's features to mean 0 and deviation 1, then scales and shifts each as learned.</summary>
/// <remarks>Any shape, kept; the last axis, or the last few together. Parameters where
/// <see cref="NormalizationLayer.Affine"/>: <c>weight</c> and <c>bias</c> (the sizes of these axes). It is PyTorch's
/// <c>nn.LayerNorm</c>. From Ba, Kiros and Hinton (2016).</remarks>
[CatalogEntry("LayerNorm", "LayerNormalization")]
public sealed record LayerNorm : NormalizationLayer
{
    /// <summary>How many of the last axes are normalised together.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Axes { get; init; } = 1;

    protected override Shape OutputShape(Shape input) => input.Rank >= Axes ? input
        : throw new ShapeException($"{Axes} axes or more (rank {Axes})", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var sizes = builder.Input.TakeLast(Axes).ToArray();
        var (weight, bias) = BuildAffine(builder, sizes);
        return (x, context) =>
        {
            x = context.ForSum(x);
            return F.layer_norm(x, sizes, Like(weight, x), Like(bias, x), Epsilon);
        };
    }
}

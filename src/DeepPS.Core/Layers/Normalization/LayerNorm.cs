using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Layer normalization: the features of each sample get mean 0 and deviation 1, then a learned scale and
/// shift.</summary>
/// <remarks>Any shape, unchanged. It normalizes the last axis, or the last few together. Parameters if
/// <see cref="NormalizationLayer.Affine"/>: <c>weight</c> and <c>bias</c> (the sizes of these axes). PyTorch's
/// <c>nn.LayerNorm</c>. From Ba, Kiros and Hinton (2016).</remarks>
[CatalogEntry("LayerNorm", "LayerNormalization")]
public sealed record LayerNorm : NormalizationLayer
{
    /// <summary>The number of last axes that are normalized together.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Axes { get; init; } = 1;

    internal override bool KeepsSteps => Axes == 1;

    internal override bool IsCausal => Axes == 1;

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

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Group normalization: each group of channels of a sample gets mean 0 and deviation 1, then each channel a
/// learned scale and shift.</summary>
/// <remarks>features or channels x sizes, unchanged. Parameters if <see cref="NormalizationLayer.Affine"/>:
/// <c>weight</c> and <c>bias</c> (channels). PyTorch's <c>nn.GroupNorm</c>. From Wu and He (2018).</remarks>
[CatalogEntry("GroupNorm", "GroupNormalization")]
public sealed record GroupNorm : NormalizationLayer
{
    /// <summary>The number of groups. Must divide the channels.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Groups { get; init; } = 1;

    protected override Shape OutputShape(Shape input) =>
        input.Rank >= 1 && input[0] % Groups == 0 && input.Size > Groups ? input
        : throw new ShapeException($"channels in {Groups} equal groups, with two numbers or more in each", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        long[] channels = [builder.Input[0]];
        var (weight, bias) = BuildAffine(builder, channels);
        return (x, context) =>
        {
            x = context.ForSum(x);
            return F.group_norm(x, Groups, Like(weight, x), Like(bias, x), Epsilon);
        };
    }
}

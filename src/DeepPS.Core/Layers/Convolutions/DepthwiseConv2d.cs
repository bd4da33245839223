using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Depthwise convolution of an image: each channel has its own filters, so channels do not mix.</summary>
/// <remarks>channels x height x width to (channels * multiplier) x height x width; the outputs of a channel are
/// adjacent. Parameters: <c>weight</c> (channels * multiplier, 1, kernel height, kernel width) and <c>bias</c>
/// (channels * multiplier). PyTorch: <c>nn.Conv2d</c> with <c>groups</c> equal to the channels. From Sifre and Mallat
/// (2014), Chollet (2016).</remarks>
[CatalogEntry("DepthwiseConv2d")]
public sealed record DepthwiseConv2d : KernelLayer
{
    /// <summary>The number of filters per channel.</summary>
    [Setting(Minimum = 1)]
    public int DepthMultiplier { get; init; } = 1;

    private protected override Shape ProductShape(Shape input) =>
        new([.. MakeWindow().OutputSizes(input).Prepend(input[0] * DepthMultiplier)]);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var channels = builder.Input[0];
        return BuildProduct(builder, [channels * DepthMultiplier, 1, .. window.Kernel],
            (x, weight, bias) => Convolution.OfImages(x, weight, bias, window, channels));
    }
}

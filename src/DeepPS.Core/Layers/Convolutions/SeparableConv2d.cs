using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Depthwise separable convolution of an image: filters per channel, then a 1x1 convolution over the
/// channels.</summary>
/// <remarks>channels x height x width to filters x height x width. Parameters: <c>depthwise.weight</c> (channels *
/// multiplier, 1, kernel height, kernel width), <c>pointwise.weight</c> (filters, channels * multiplier, 1, 1) and
/// <c>pointwise.bias</c> (filters). A DepthwiseConv2d without bias, then a Conv2d with kernel 1. From Chollet, Xception
/// (2016); Keras' <c>SeparableConv2D</c>.</remarks>
[CatalogEntry("SeparableConv2d")]
public sealed record SeparableConv2d : FilterLayer
{
    /// <summary>The number of filters per channel before the 1x1 convolution.</summary>
    [Setting(Minimum = 1)]
    public int DepthMultiplier { get; init; } = 1;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var channels = builder.Input[0];
        var between = channels * DepthMultiplier;
        var depthwise = BuildWeight(builder.Part("depthwise"), [between, 1, .. window.Kernel]);
        var pointwise = BuildProduct(builder, [Filters, between, 1, 1], (x, weight, bias) => F.conv2d(x, weight, bias),
            part: "pointwise");
        return (x, context) =>
            pointwise(Convolution.OfImages(context.ForProduct(x), depthwise(context), null, window, channels), context);
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Convolution of an image with separate weights at each place.</summary>
/// <remarks>channels x height x width to filters x height x width. Each output has its own weights over the channels of
/// its window. Parameters: <c>weight</c> (filters * height * width, channels * kernel height * kernel width), both in
/// the order of the shapes, and <c>bias</c> (filters * height * width). Keras' <c>LocallyConnected2D</c>; as in LeCun,
/// Generalization and Network Design Strategies (1989).</remarks>
[CatalogEntry("LocallyConnected2d")]
public sealed record LocallyConnected2d : FilterLayer
{
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var output = ProductShape(builder.Input);
        var places = output.Size / Filters;
        var inputs = builder.Input[0] * window.Kernel[0] * window.Kernel[1];
        return BuildProduct(builder, [output.Size, inputs], (x, weight, bias) =>
        {
            // Place by place: (places, batch, inputs) times (places, inputs, filters).
            var seen = Unfold(x, window).permute(2, 0, 1);
            var product = seen.bmm(weight.reshape(Filters, places, inputs).permute(1, 2, 0)).permute(1, 2, 0);
            var shaped = product.reshape(output.WithBatch(-1));
            return bias is null ? shaped : shaped.add(bias.reshape(output.ToArray()));
        });
    }

    /// <summary>The window of each place: (batch, channels * kernel, places).</summary>
    private static Tensor Unfold(Tensor input, Window window) => F.unfold(F.pad(input, window.PaddingPairs()),
        (window.Kernel[0], window.Kernel[1]), (window.Dilation[0], window.Dilation[1]), (0, 0),
        (window.Stride[0], window.Stride[1]));
}

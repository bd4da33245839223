using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Pixel shuffle: enlarges an image by rearranging channels to squares of pixels.</summary>
/// <remarks>(channels * factor * factor) x height x width to channels x (height * factor) x (width * factor). It is
/// PyTorch's <c>nn.PixelShuffle</c>. From Shi and others (2016).</remarks>
[CatalogEntry("PixelShuffle")]
public sealed record PixelShuffle : UnaryLayer
{
    /// <summary>The factor of height and width.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Factor { get; init; } = 1;

    protected override Shape OutputShape(Shape input)
    {
        var axes = SpatialAxes.Of(2);
        axes.Check(input);
        return input[0] % (Factor * Factor) == 0
            ? new Shape(input[0] / (Factor * Factor), input[1] * Factor, input[2] * Factor)
            : throw new ShapeException($"{axes.Needs} with a multiple of {Factor * Factor} channels", input);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, _) => F.pixel_shuffle(x, Factor);
}

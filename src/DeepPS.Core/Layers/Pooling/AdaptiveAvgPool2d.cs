using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean in each of as many parts of an image as the output has places.</summary>
/// <remarks>
/// channels x height x width to channels x the output's size. It is PyTorch's <c>nn.AdaptiveAvgPool2d</c>.
/// </remarks>
[CatalogEntry("AdaptiveAvgPool2d", "AdaptiveAveragePool2d")]
public sealed record AdaptiveAvgPool2d : AdaptivePooling
{
    private protected override int Axes => 2;

    private protected override Tensor Pool(Tensor input, long[] sizes) =>
        F.adaptive_avg_pool2d(input, sizes);
}

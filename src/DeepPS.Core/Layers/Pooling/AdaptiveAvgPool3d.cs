using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean in each of as many parts of a volume as the output has places.</summary>
/// <remarks>
/// channels x depth x height x width to channels x the output's size. It is PyTorch's <c>nn.AdaptiveAvgPool3d</c>.
/// </remarks>
[CatalogEntry("AdaptiveAvgPool3d", "AdaptiveAveragePool3d")]
public sealed record AdaptiveAvgPool3d : AdaptivePooling
{
    private protected override int Axes => 3;

    private protected override Tensor Pool(Tensor input, long[] sizes) =>
        F.adaptive_avg_pool3d(input, sizes);
}

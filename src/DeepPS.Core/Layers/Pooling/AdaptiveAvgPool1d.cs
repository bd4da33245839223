using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean in each of as many parts of a signal as the output has places.</summary>
/// <remarks>channels x length to channels x the output's size. It is PyTorch's <c>nn.AdaptiveAvgPool1d</c>.</remarks>
[CatalogEntry("AdaptiveAvgPool1d", "AdaptiveAveragePool1d")]
public sealed record AdaptiveAvgPool1d : AdaptivePooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input, long[] sizes) =>
        F.adaptive_avg_pool1d(input, sizes[0]);
}

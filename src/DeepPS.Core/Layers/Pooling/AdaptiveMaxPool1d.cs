using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The largest number in each of as many parts of a signal as the output has places.</summary>
/// <remarks>channels x length to channels x the output's size. It is PyTorch's <c>nn.AdaptiveMaxPool1d</c>.</remarks>
[CatalogEntry("AdaptiveMaxPool1d")]
public sealed record AdaptiveMaxPool1d : AdaptivePooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input, long[] sizes) =>
        F.adaptive_max_pool1d(input, sizes[0]);
}

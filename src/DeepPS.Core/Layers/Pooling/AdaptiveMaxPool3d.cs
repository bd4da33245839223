using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The largest number in each of as many parts of a volume as the output has places.</summary>
/// <remarks>
/// channels x depth x height x width to channels x the output's size. It is PyTorch's <c>nn.AdaptiveMaxPool3d</c>.
/// </remarks>
[CatalogEntry("AdaptiveMaxPool3d")]
public sealed record AdaptiveMaxPool3d : AdaptivePooling
{
    private protected override int Axes => 3;

    private protected override Tensor Pool(Tensor input, long[] sizes) =>
        F.adaptive_max_pool3d_with_indices(input, sizes).Values;
}

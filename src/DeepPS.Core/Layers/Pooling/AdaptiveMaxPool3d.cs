using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The largest number in each of as many parts of a volume as the output has places.</summary>
/// <remarks>
/// channels x depth x height x width to channels x the output's size. It is PyTorch's <c>nn.AdaptiveMaxPool3d</c>.
/// </remarks>
[CatalogEntry("AdaptiveMaxPool3d")]
public sealed record AdaptiveMaxPool3d : AdaptivePooling
{
    private protected override int Axes => 3;

    /// <remarks>
    /// The largest of a box is the largest over its depth of the largest of each slice, so that two functions of fewer axes
    /// do: the TorchSharp package's own of three axes calls that of one.
    /// </remarks>
    private protected override Tensor Pool(Tensor input, long[] sizes)
    {
        var (batch, channels, depth) = (input.shape[0], input.shape[1], input.shape[2]);
        var slices = F.adaptive_max_pool2d(input.flatten(1, 2), sizes[1..]).reshape(batch, channels, depth, -1);
        return F.adaptive_max_pool1d(slices.transpose(2, 3).flatten(1, 2), sizes[0])
            .reshape(batch, channels, -1, sizes[0]).transpose(2, 3).reshape([batch, channels, .. sizes]);
    }
}

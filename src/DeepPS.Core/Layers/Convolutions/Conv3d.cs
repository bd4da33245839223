using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Slides filters through a volume, or a film: each output is a filter's match at a place.</summary>
/// <remarks>
/// channels x depth x height x width to filters x depth x height x width. Parameters: <c>weight</c> (filters, channels /
/// groups, kernel depth, kernel height, kernel width) and <c>bias</c> (filters). It is PyTorch's <c>nn.Conv3d</c>, a
/// cross-correlation, with its first values.
/// </remarks>
[CatalogEntry("Conv3d", "Convolution3d")]
public sealed record Conv3d : Convolution
{
    private protected override int Axes => 3;

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window) => window.Same
        ? F.conv3d_padding(input, weight, bias, window.Stride, TorchSharp.Padding.Same, window.Dilation, Groups)
        : F.conv3d(input, weight, bias, window.Stride, window.Padding, window.Dilation, Groups);
}

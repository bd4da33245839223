using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Slides filters over an image: each output is a filter's match at a place.</summary>
/// <remarks>
/// channels x height x width to filters x height x width. Parameters: <c>weight</c> (filters, channels / groups, kernel
/// height, kernel width) and <c>bias</c> (filters). It is PyTorch's <c>nn.Conv2d</c>, a cross-correlation, with its first
/// values.
/// </remarks>
[CatalogEntry("Conv2d", "Convolution2d")]
public sealed record Conv2d : Convolution
{
    private protected override int Axes => 2;

    /// <summary>Convolves a batch of images with filters that see a group of the channels each.</summary>
    internal static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window, long groups) => window.Same
        ? F.conv2d_padding(input, weight, bias, window.Stride, TorchSharp.Padding.Same, window.Dilation, groups)
        : F.conv2d(input, weight, bias, window.Stride, window.Padding, window.Dilation, groups);

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window) =>
        Convolve(ChannelsLast.Of(input), weight, bias, window, Groups);
}

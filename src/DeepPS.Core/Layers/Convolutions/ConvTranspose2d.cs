using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Makes an image larger with learned filters: each number puts a filter's values, times itself, into the output.</summary>
/// <remarks>
/// channels x height x width to filters x height x width. Parameters: <c>weight</c> (channels, filters / groups, kernel
/// height, kernel width) and <c>bias</c> (filters). It is PyTorch's <c>nn.ConvTranspose2d</c>, with its first values.
/// </remarks>
[CatalogEntry("ConvTranspose2d", "Conv2dTranspose")]
public sealed record ConvTranspose2d : TransposedConvolution
{
    private protected override int Axes => 2;

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window,
        long[] outputPadding) => F.conv_transpose2d(input, weight, bias, window.Stride, window.Padding,
            outputPadding, window.Dilation, Groups);
}

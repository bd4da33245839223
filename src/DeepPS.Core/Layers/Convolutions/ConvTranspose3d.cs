using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Makes a volume larger with learned filters: each number puts a filter's values, times itself, into the output.</summary>
/// <remarks>
/// channels x depth x height x width to filters x depth x height x width. Parameters: <c>weight</c> (channels, filters
/// / groups, kernel depth, kernel height, kernel width) and <c>bias</c> (filters). It is PyTorch's
/// <c>nn.ConvTranspose3d</c>, with its first values.
/// </remarks>
[CatalogEntry("ConvTranspose3d", "Conv3dTranspose")]
public sealed record ConvTranspose3d : TransposedConvolution
{
    private protected override int Axes => 3;

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window,
        long[] outputPadding) => F.conv_transpose3d(input, weight, bias, window.Stride, window.Padding,
            outputPadding, window.Dilation, Groups);
}

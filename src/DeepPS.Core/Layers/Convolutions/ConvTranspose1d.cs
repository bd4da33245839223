using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Makes a signal larger with learned filters: each number puts a filter's values, times itself, into the output.</summary>
/// <remarks>
/// channels x length to filters x length. Parameters: <c>weight</c> (channels, filters / groups, kernel) and
/// <c>bias</c> (filters). It is PyTorch's <c>nn.ConvTranspose1d</c>, with its first values.
/// </remarks>
[CatalogEntry("ConvTranspose1d", "Conv1dTranspose")]
public sealed record ConvTranspose1d : TransposedConvolution
{
    private protected override int Axes => 1;

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window,
        long[] outputPadding) => F.conv_transpose1d(input, weight, bias, window.Stride[0], window.Padding[0],
            outputPadding[0], window.Dilation[0], Groups);
}

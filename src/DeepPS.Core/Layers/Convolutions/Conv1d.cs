using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Slides filters along a signal: each output is a filter's match at a place.</summary>
/// <remarks>
/// channels x length to filters x length. Parameters: <c>weight</c> (filters, channels / groups, kernel) and <c>bias</c>
/// (filters). It is PyTorch's <c>nn.Conv1d</c>, a cross-correlation, with its first values.
/// </remarks>
[CatalogEntry("Conv1d", "Convolution1d")]
public sealed record Conv1d : Convolution
{
    private protected override int Axes => 1;

    private protected override Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window) => window.Same
        ? F.conv1d_padding(input, weight, bias, window.Stride[0], TorchSharp.Padding.Same, window.Dilation[0], Groups)
        : F.conv1d(input, weight, bias, window.Stride[0], window.Padding[0], window.Dilation[0], Groups);
}

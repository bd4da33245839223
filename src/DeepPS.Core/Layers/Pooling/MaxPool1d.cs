using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The largest number in each window of a signal.</summary>
/// <remarks>channels x length to the same with smaller sizes. It is PyTorch's <c>nn.MaxPool1d</c>.</remarks>
[CatalogEntry("MaxPool1d")]
public sealed record MaxPool1d : MaxPooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input, Window window) => F.max_pool1d(input, window.Kernel[0],
        window.Stride[0], window.Padding[0], window.Dilation[0], CeilMode);
}

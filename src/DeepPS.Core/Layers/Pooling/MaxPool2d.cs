using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The largest number in each window of an image.</summary>
/// <remarks>channels x height x width to the same with smaller sizes. It is PyTorch's <c>nn.MaxPool2d</c>.</remarks>
[CatalogEntry("MaxPool2d", "MaxPool")]
public sealed record MaxPool2d : MaxPooling
{
    private protected override int Axes => 2;

    private protected override Tensor Pool(Tensor input, Window window) => F.max_pool2d(input, window.Kernel,
        window.Stride, window.Padding, window.Dilation, CeilMode);
}

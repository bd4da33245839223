using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean of the numbers in each window of an image.</summary>
/// <remarks>channels x height x width to the same with smaller sizes. It is PyTorch's <c>nn.AvgPool2d</c>.</remarks>
[CatalogEntry("AvgPool2d", "AveragePool2d", "AvgPool")]
public sealed record AvgPool2d : AvgPooling
{
    private protected override int Axes => 2;

    private protected override Tensor Pool(Tensor input, Window window) => F.avg_pool2d(input, window.Kernel,
        window.Stride, window.Padding, CeilMode, CountIncludePad);
}

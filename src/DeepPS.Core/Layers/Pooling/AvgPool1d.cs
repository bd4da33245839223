using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean of the numbers in each window of a signal.</summary>
/// <remarks>channels x length to the same with smaller sizes. It is PyTorch's <c>nn.AvgPool1d</c>.</remarks>
[CatalogEntry("AvgPool1d", "AveragePool1d")]
public sealed record AvgPool1d : AvgPooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input, Window window) => F.avg_pool1d(input, window.Kernel[0],
        window.Stride[0], window.Padding[0], CeilMode, CountIncludePad);
}

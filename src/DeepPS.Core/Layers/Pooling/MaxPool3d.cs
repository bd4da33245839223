using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The largest number in each window of a volume.</summary>
/// <remarks>
/// channels x depth x height x width to the same with smaller sizes. It is PyTorch's <c>nn.MaxPool3d</c>.
/// </remarks>
[CatalogEntry("MaxPool3d")]
public sealed record MaxPool3d : MaxPooling
{
    private protected override int Axes => 3;

    private protected override Tensor Pool(Tensor input, Window window) => F.max_pool3d(input, window.Kernel,
        window.Stride, window.Padding, window.Dilation, CeilMode);
}

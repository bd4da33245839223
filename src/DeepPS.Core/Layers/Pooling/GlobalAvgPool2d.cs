using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The mean of each channel over the whole of an image.</summary>
/// <remarks>
/// channels x height x width to channels. PyTorch writes <c>nn.AdaptiveAvgPool2d(1)</c> and <c>nn.Flatten()</c>. From
/// Lin, Chen and Yan, Network in Network (2013).
/// </remarks>
[CatalogEntry("GlobalAvgPool2d", "GlobalAveragePool2d", "GlobalAvgPool")]
public sealed record GlobalAvgPool2d : GlobalPooling
{
    private protected override int Axes => 2;

    private protected override Tensor Pool(Tensor input) => input.mean([2, 3]);
}

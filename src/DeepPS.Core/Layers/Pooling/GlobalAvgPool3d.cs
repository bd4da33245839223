using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The mean of each channel over the whole of a volume.</summary>
/// <remarks>
/// channels x depth x height x width to channels. PyTorch writes <c>nn.AdaptiveAvgPool3d(1)</c> and
/// <c>nn.Flatten()</c>.
/// </remarks>
[CatalogEntry("GlobalAvgPool3d", "GlobalAveragePool3d")]
public sealed record GlobalAvgPool3d : GlobalPooling
{
    private protected override int Axes => 3;

    private protected override Tensor Pool(Tensor input) => input.mean([2, 3, 4]);
}

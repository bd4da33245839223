using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The mean of each channel over the whole of a signal.</summary>
/// <remarks>
/// channels x length to channels. PyTorch writes <c>nn.AdaptiveAvgPool1d(1)</c> and <c>nn.Flatten()</c>.
/// </remarks>
[CatalogEntry("GlobalAvgPool1d", "GlobalAveragePool1d")]
public sealed record GlobalAvgPool1d : GlobalPooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input) => input.mean([2]);
}

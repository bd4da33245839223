using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The largest number of each channel over the whole of a volume.</summary>
/// <remarks>
/// channels x depth x height x width to channels. PyTorch writes <c>nn.AdaptiveMaxPool3d(1)</c> and
/// <c>nn.Flatten()</c>.
/// </remarks>
[CatalogEntry("GlobalMaxPool3d")]
public sealed record GlobalMaxPool3d : GlobalPooling
{
    private protected override int Axes => 3;

    private protected override Tensor Pool(Tensor input) => input.flatten(2).max(2).values;
}

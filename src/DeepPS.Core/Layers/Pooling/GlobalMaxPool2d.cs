using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The largest number of each channel over the whole of an image.</summary>
/// <remarks>
/// channels x height x width to channels. PyTorch writes <c>nn.AdaptiveMaxPool2d(1)</c> and <c>nn.Flatten()</c>.
/// </remarks>
[CatalogEntry("GlobalMaxPool2d", "GlobalMaxPool")]
public sealed record GlobalMaxPool2d : GlobalPooling
{
    private protected override int Axes => 2;

    private protected override Tensor Pool(Tensor input) => input.flatten(2).max(2).values;
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The largest number of each channel over the whole of a signal.</summary>
/// <remarks>
/// channels x length to channels. PyTorch writes <c>nn.AdaptiveMaxPool1d(1)</c> and <c>nn.Flatten()</c>.
/// </remarks>
[CatalogEntry("GlobalMaxPool1d")]
public sealed record GlobalMaxPool1d : GlobalPooling
{
    private protected override int Axes => 1;

    private protected override Tensor Pool(Tensor input) => input.flatten(2).max(2).values;
}

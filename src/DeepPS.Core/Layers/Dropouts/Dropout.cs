using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Dropout: sets random numbers to 0 while training.</summary>
/// <remarks>Any shape. PyTorch's <c>nn.Dropout</c>.</remarks>
[CatalogEntry("Dropout")]
public sealed record Dropout : DropoutLayer
{
    private protected override long[] NoiseSizes(long[] input) => input;
}

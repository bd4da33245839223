using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>While training, makes numbers 0 by chance, so that no unit relies on a single other one.</summary>
/// <remarks>Any shape. It is PyTorch's <c>nn.Dropout</c>.</remarks>
[CatalogEntry("Dropout")]
public sealed record Dropout : DropoutLayer
{
    private protected override long[] NoiseSizes(long[] input) => input;
}

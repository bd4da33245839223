using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>While training, makes whole channels of an image 0 by chance.</summary>
/// <remarks>channels x height x width. It is PyTorch's <c>nn.Dropout2d</c>.</remarks>
[CatalogEntry("Dropout2d", "SpatialDropout")]
public sealed record Dropout2d : ChannelDropout
{
    private protected override int Axes => 2;
}

using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>While training, makes whole channels of a signal 0 by chance.</summary>
/// <remarks>channels x length. It is PyTorch's <c>nn.Dropout1d</c>.</remarks>
[CatalogEntry("Dropout1d", "SpatialDropout1d")]
public sealed record Dropout1d : ChannelDropout
{
    private protected override int Axes => 1;
}

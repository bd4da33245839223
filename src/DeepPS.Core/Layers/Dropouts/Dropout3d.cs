using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>While training, makes whole channels of a volume 0 by chance.</summary>
/// <remarks>channels x depth x height x width. It is PyTorch's <c>nn.Dropout3d</c>.</remarks>
[CatalogEntry("Dropout3d", "SpatialDropout3d")]
public sealed record Dropout3d : ChannelDropout
{
    private protected override int Axes => 3;
}

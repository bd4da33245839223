using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Normal with deviation gain / sqrt(inputs), after He.</summary>
/// <remarks>PyTorch's <c>nn.init.kaiming_normal_</c>.</remarks>
[CatalogEntry("KaimingNormal", "HeNormal")]
public sealed record KaimingNormal : KaimingInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator) =>
        tensor.normal_(0, Deviation(fan), generator);
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Normal with deviation 1 / sqrt(inputs), after LeCun.</summary>
/// <remarks>PyTorch writes <c>nn.init.kaiming_normal_(nonlinearity='linear')</c>; Keras cuts it at two deviations.</remarks>
[CatalogEntry("LeCunNormal")]
public sealed record LeCunNormal : LeCunInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.normal_(0, Deviation(fan), generator);
}

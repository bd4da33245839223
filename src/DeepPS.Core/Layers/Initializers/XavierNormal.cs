using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Normal with deviation gain * sqrt(2 / (inputs + outputs)), after Glorot.</summary>
/// <remarks>PyTorch's <c>nn.init.xavier_normal_</c>.</remarks>
[CatalogEntry("XavierNormal", "GlorotNormal")]
public sealed record XavierNormal : XavierInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator) =>
        tensor.normal_(0, Deviation(fan), generator);
}

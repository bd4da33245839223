using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Uniform within gain * sqrt(6 / (inputs + outputs)), after Glorot.</summary>
/// <remarks>PyTorch's <c>nn.init.xavier_uniform_</c>.</remarks>
[CatalogEntry("XavierUniform", "GlorotUniform")]
public sealed record XavierUniform : XavierInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var bound = Math.Sqrt(3) * Deviation(fan);
        tensor.uniform_(-bound, bound, generator);
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Uniform within gain * sqrt(3 / inputs), after He.</summary>
/// <remarks>PyTorch's <c>nn.init.kaiming_uniform_</c>.</remarks>
[CatalogEntry("KaimingUniform", "HeUniform")]
public sealed record KaimingUniform : KaimingInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var bound = Math.Sqrt(3) * Deviation(fan);
        tensor.uniform_(-bound, bound, generator);
    }
}

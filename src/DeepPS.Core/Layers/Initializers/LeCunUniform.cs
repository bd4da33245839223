using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Uniform within sqrt(3 / inputs), after LeCun.</summary>
/// <remarks>PyTorch writes <c>nn.init.kaiming_uniform_(nonlinearity='linear')</c>.</remarks>
[CatalogEntry("LeCunUniform")]
public sealed record LeCunUniform : LeCunInitializer
{
    /// <inheritdoc/>
    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var bound = Math.Sqrt(3) * Deviation(fan);
        tensor.uniform_(-bound, bound, generator);
    }
}

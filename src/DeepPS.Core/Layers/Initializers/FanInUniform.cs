using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Uniform within 1 / sqrt(inputs): PyTorch's default for Linear and convolutions.</summary>
/// <remarks>PyTorch: <c>kaiming_uniform_(a=sqrt(5))</c>.</remarks>
[CatalogEntry("FanInUniform", "PyTorchDefault")]
public sealed record FanInUniform : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var bound = 1 / Math.Sqrt(fan.In);
        tensor.uniform_(-bound, bound, generator);
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Keras' defaults: XavierUniform for weights, 0 for biases.</summary>
/// <remarks>As -WeightInitializer it also sets biases to 0 unless -BiasInitializer is given. A vector counts as a bias.
/// For PyTorch's defaults use FanInUniform (alias PyTorchDefault).</remarks>
[CatalogEntry("KerasDefault")]
public sealed record KerasDefault : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        if (tensor.dim() < 2)
            tensor.zero_();
        else
            new XavierUniform().Fill(tensor, fan, generator);
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What Keras' layers start with: weights as XavierUniform, biases 0.</summary>
/// <remarks>As -WeightInitializer it makes the biases 0 too where -BiasInitializer says nothing. A vector counts as a
/// bias. PyTorch's own first values are FanInUniform, which is known as PyTorchDefault too.</remarks>
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

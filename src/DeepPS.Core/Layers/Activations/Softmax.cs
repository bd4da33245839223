using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>exp(x) divided by its sum over the classes: class probabilities.</summary>
/// <remarks>PyTorch's <c>nn.Softmax(1)</c>. The loss CrossEntropy takes logits: end the network without Softmax.
/// Predictions have probabilities in any case.</remarks>
[CatalogEntry("Softmax")]
public sealed record Softmax : ClassAxis
{
    public override Tensor Apply(Tensor input) => input.softmax(Axis);
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>exp(x) over its sum: probabilities of the classes, on the first axis after the batch.</summary>
/// <remarks>PyTorch's <c>nn.Softmax(1)</c>. The loss CrossEntropy wants the numbers before it, not after: a network
/// that is trained with it ends without Softmax, and predictions come with probabilities all the same.</remarks>
[CatalogEntry("Softmax")]
public sealed record Softmax : ClassAxis
{
    public override Tensor Apply(Tensor input) => input.softmax(Axis);
}

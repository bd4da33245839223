using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The element-wise product of its inputs, such as a gate.</summary>
/// <remarks>Inputs of the same shape. Keras' <c>Multiply</c>.</remarks>
[CatalogEntry("Multiply")]
public sealed record Multiply : MergeLayer
{
    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].mul(inputs[1]), (product, input) => product.mul(input));
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The product of its inputs, number by number: a gate, where one of them is a sigmoid's.</summary>
/// <remarks>Inputs of the same shape, kept. Keras' <c>Multiply</c>.</remarks>
[CatalogEntry("Multiply")]
public sealed record Multiply : MergeLayer
{
    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].mul(inputs[1]), (product, input) => product.mul(input));
}

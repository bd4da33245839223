using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The element-wise maximum of its inputs.</summary>
/// <remarks>Inputs of the same shape. Keras' <c>Maximum</c>.</remarks>
[CatalogEntry("Maximum")]
public sealed record Maximum : MergeLayer
{
    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].maximum(inputs[1]), (largest, input) => largest.maximum(input));
}

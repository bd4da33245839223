using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The largest of its inputs, number by number.</summary>
/// <remarks>Inputs of the same shape, kept. Keras' <c>Maximum</c>.</remarks>
[CatalogEntry("Maximum")]
public sealed record Maximum : MergeLayer
{
    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].maximum(inputs[1]), (largest, input) => largest.maximum(input));
}

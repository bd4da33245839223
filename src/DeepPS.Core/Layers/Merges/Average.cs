using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The element-wise mean of its inputs.</summary>
/// <remarks>Inputs of the same shape. Keras' <c>Average</c>.</remarks>
[CatalogEntry("Average")]
public sealed record Average : MergeLayer
{
    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].add(inputs[1]), (sum, input) => sum.add(input)).div(inputs.Count);
}

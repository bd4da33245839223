using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The element-wise sum of its inputs.</summary>
/// <remarks>Inputs of the same shape. Keras' <c>Add</c>.</remarks>
[CatalogEntry("Add", "Sum")]
public sealed record Add : MergeLayer
{
    internal override bool IsCausal => true;

    protected override Tensor Merge(IReadOnlyList<Tensor> inputs) =>
        inputs.Skip(2).Aggregate(inputs[0].add(inputs[1]), (sum, input) => sum.add(input));
}

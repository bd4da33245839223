using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Joins every input to every unit: output = activation(input * weight' + bias).</summary>
/// <remarks>It works on the last axis: features to units, or any x features to any x units. Parameters: <c>weight</c>
/// (units, features) and <c>bias</c> (units). It is PyTorch's <c>nn.Linear</c>, with its first values.</remarks>
[CatalogEntry("Dense", "Linear")]
public sealed record Dense : UnitsLayer
{
    /// <summary>An embedding's too, a vector for each unit: what stands for a token at the input then does at the
    /// output.</summary>
    /// <remarks>From Press and Wolf, Using the Output Embedding to Improve Language Models (2016); without
    /// Bias.</remarks>
    protected internal override bool MayShareWith(Layer owner) => owner is Dense or Embedding;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildProduct(builder, [Units, builder.Input.Last()], (x, weight, bias) => LinearProduct.Of(x, weight, bias));
}

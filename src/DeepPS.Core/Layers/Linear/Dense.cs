using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Fully connected layer: output = activation(input * weight' + bias).</summary>
/// <remarks>Works on the last axis: features to units, or any x features to any x units. Parameters: <c>weight</c>
/// (units, features) and <c>bias</c> (units). PyTorch's <c>nn.Linear</c> with its initial values.</remarks>
[CatalogEntry("Dense", "Linear")]
public sealed record Dense : UnitsLayer
{
    /// <summary>May also share with an Embedding: the vector of a token is then the weight of its output
    /// unit.</summary>
    /// <remarks>From Press and Wolf, Using the Output Embedding to Improve Language Models (2016); without
    /// Bias.</remarks>
    protected internal override bool MayShareWith(Layer owner) => owner is Dense or Embedding;

    internal override bool HasFactors => true;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildProduct(builder, [Units, builder.Input.Last()], (x, weight, bias) => LinearProduct.Of(x, weight, bias));
}

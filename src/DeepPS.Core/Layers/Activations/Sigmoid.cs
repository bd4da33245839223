using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>1 / (1 + exp(-x)), from 0 to 1.</summary>
/// <remarks>PyTorch's <c>nn.Sigmoid</c>.</remarks>
[CatalogEntry("Sigmoid", "Logistic")]
public sealed record Sigmoid : FixedActivation
{
    public override Tensor Apply(Tensor input) => input.sigmoid();

    public override Tensor ApplyInPlace(Tensor input) => input.sigmoid_();
}

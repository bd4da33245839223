using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The hyperbolic tangent, from -1 to 1.</summary>
/// <remarks>PyTorch's <c>nn.Tanh</c>.</remarks>
[CatalogEntry("Tanh")]
public sealed record Tanh : FixedActivation
{
    public override Tensor Apply(Tensor input) => input.tanh();

    public override Tensor ApplyInPlace(Tensor input) => input.tanh_();
}

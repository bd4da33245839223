using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>1 if x >= 0, else 0.</summary>
/// <remarks>The decision function of Rosenblatt's perceptron (1958). Its gradient is 0 everywhere: layers before it
/// learn nothing.</remarks>
[CatalogEntry("Step", "Heaviside")]
public sealed record Step : FixedActivation
{
    // By sign, whose gradient is 0 in torch; a comparison has no gradient.
    public override Tensor Apply(Tensor input) => input.sign().add(1).clamp(0, 1);
}

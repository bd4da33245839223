using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>1 where x is 0 or more, else 0.</summary>
/// <remarks>Rosenblatt's perceptron (1958) decides by it. Its gradient is 0 everywhere: what comes before it learns
/// nothing.</remarks>
[CatalogEntry("Step", "Heaviside")]
public sealed record Step : FixedActivation
{
    // Written with sign, whose gradient is 0 in torch, where a comparison has none at all.
    public override Tensor Apply(Tensor input) => input.sign().add(1).clamp(0, 1);
}

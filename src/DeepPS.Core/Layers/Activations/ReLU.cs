using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>max(x, 0).</summary>
/// <remarks>PyTorch's <c>nn.ReLU</c>.</remarks>
[CatalogEntry("ReLU")]
public sealed record ReLU : FixedActivation
{
    public override Tensor Apply(Tensor input) => input.relu();

    public override Tensor ApplyInPlace(Tensor input) => input.relu_();
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x ReLU6(x + 3) / 6: a piecewise approximation of SiLU.</summary>
/// <remarks>PyTorch's <c>nn.Hardswish</c>. From Howard and others, MobileNetV3 (2019).</remarks>
[CatalogEntry("Hardswish")]
public sealed record Hardswish : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.hardswish(input);
}

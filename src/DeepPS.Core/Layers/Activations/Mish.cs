using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x tanh(log(1 + exp(x))).</summary>
/// <remarks>PyTorch's <c>nn.Mish</c>. From Misra (2019).</remarks>
[CatalogEntry("Mish")]
public sealed record Mish : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.mish(input);
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x times its sigmoid.</summary>
/// <remarks>PyTorch's <c>nn.SiLU</c>. From Elfwing, Uchibe and Doya (2017).</remarks>
[CatalogEntry("SiLU", "Swish")]
public sealed record SiLU : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.silu(input);
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x / (1 + |x|), from -1 to 1.</summary>
/// <remarks>PyTorch's <c>nn.Softsign</c>. From Turian, Bergstra and Bengio (2009).</remarks>
[CatalogEntry("Softsign")]
public sealed record Softsign : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.softsign(input);
}

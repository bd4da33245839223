using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>1.0507 x if x > 0, else 1.0507 * 1.6733 (exp(x) - 1). It keeps mean 0 and deviation 1.</summary>
/// <remarks>PyTorch's <c>nn.SELU</c>. From Klambauer and others, Self-Normalizing Neural Networks (2017).</remarks>
[CatalogEntry("SELU")]
public sealed record SELU : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.selu(input);

    public override Tensor ApplyInPlace(Tensor input) => F.selu(input, inplace: true);
}

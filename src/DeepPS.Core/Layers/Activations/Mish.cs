using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>x tanh(log(1 + exp(x))).</summary>
/// <remarks>PyTorch's <c>nn.Mish</c>. From Misra (2019).</remarks>
[CatalogEntry("Mish")]
public sealed record Mish : FixedActivation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor input) => F.mish(input);
}

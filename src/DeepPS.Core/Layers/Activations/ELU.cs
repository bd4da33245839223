using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x if x > 0, else alpha (exp(x) - 1).</summary>
/// <remarks>PyTorch's <c>nn.ELU</c>. From Clevert, Unterthiner and Hochreiter (2015).</remarks>
[CatalogEntry("ELU")]
public sealed record ELU : FixedActivation
{
    /// <summary>The negative limit is -Alpha.</summary>
    [Setting(Position = 0)]
    public double Alpha { get; init; } = 1;

    public override Tensor Apply(Tensor input) => F.elu(input, Alpha);
}

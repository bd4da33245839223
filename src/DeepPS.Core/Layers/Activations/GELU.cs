using DeepPS.Catalog;
using static TorchSharp.torch;
using Approximate = TorchSharp.Modules.GELU.Approximate;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x times the normal distribution function of x.</summary>
/// <remarks>PyTorch's <c>nn.GELU</c>. From Hendrycks and Gimpel (2016).</remarks>
[CatalogEntry("GELU")]
public sealed record GELU : FixedActivation
{
    /// <summary>None for the exact formula, Tanh for the approximation by the hyperbolic tangent.</summary>
    [Setting(Position = 0)]
    public GELUApproximation Approximation { get; init; }

    public override Tensor Apply(Tensor input) =>
        F.gelu(input, Approximation == GELUApproximation.Tanh ? Approximate.tanh : Approximate.none);
}

/// <summary>How <see cref="GELU"/> is computed.</summary>
public enum GELUApproximation
{
    /// <summary>By the error function, exactly.</summary>
    None,

    /// <summary>0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
    Tanh,
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>max(0, x) + min(0, alpha (exp(x / alpha) - 1)): an ELU that is smooth for every alpha.</summary>
/// <remarks>PyTorch's <c>nn.CELU</c>. From Barron (2017).</remarks>
[CatalogEntry("CELU")]
public sealed record CELU : FixedActivation
{
    /// <summary>The negative limit is -Alpha. Must not be 0.</summary>
    [Setting(Position = 0)]
    public double Alpha { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Alpha == 0)
            throw SettingProblem.Of(this, nameof(Alpha), "a number other than 0", Alpha);
    }

    public override Tensor Apply(Tensor input) => F.celu(input, Alpha);

    // An alpha below 0 needs the sign of the input for the gradient, so not in place.
    public override Tensor ApplyInPlace(Tensor input) => F.celu(input, Alpha, inplace: Alpha > 0);
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x where it is above 0, else alpha (exp(x / alpha) - 1): ELU with a smooth bend for every alpha.</summary>
/// <remarks>PyTorch's <c>nn.CELU</c>. From Barron (2017).</remarks>
[CatalogEntry("CELU")]
public sealed record CELU : FixedActivation
{
    /// <summary>How far below 0 it goes; not 0.</summary>
    [Setting(Position = 0)]
    public double Alpha { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Alpha == 0)
            throw SettingProblem.Of(this, nameof(Alpha), "a number other than 0", Alpha);
    }

    public override Tensor Apply(Tensor input) => F.celu(input, Alpha);

    // An alpha below 0 loses the sign that the gradient needs.
    public override Tensor ApplyInPlace(Tensor input) => F.celu(input, Alpha, inplace: Alpha > 0);
}

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>log(1 + exp(beta x)) / beta: a smooth ReLU.</summary>
/// <remarks>PyTorch's <c>nn.Softplus</c>. From Dugas and others (2000).</remarks>
[CatalogEntry("Softplus")]
public sealed record Softplus : FixedActivation
{
    /// <summary>The sharpness of the bend. Must not be 0.</summary>
    [Setting(Position = 0)]
    public double Beta { get; init; } = 1;

    /// <summary>If Beta * x is above this, the output is x itself, to prevent overflow.</summary>
    [Setting(Position = 1)]
    public double Threshold { get; init; } = 20;

    protected internal override void Validate()
    {
        if (Beta == 0)
            throw SettingProblem.Of(this, nameof(Beta), "a number other than 0", Beta);
    }

    private protected override bool Sums => true;

    public override Tensor Apply(Tensor input) => F.softplus(input, Beta, Threshold);
}

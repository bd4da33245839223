using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>x clamped to the range from Min to Max.</summary>
/// <remarks>PyTorch's <c>nn.Hardtanh</c>. From Collobert (2004).</remarks>
[CatalogEntry("Hardtanh")]
public sealed record Hardtanh : FixedActivation
{
    /// <summary>The smallest output.</summary>
    [Setting(Position = 0)]
    public double Min { get; init; } = -1;

    /// <summary>The largest output.</summary>
    [Setting(Position = 1)]
    public double Max { get; init; } = 1;

    protected internal override void Validate()
    {
        if (!(Min < Max))
            throw SettingProblem.Of(this, nameof(Max), $"a number above Min ({Min})", Max);
    }

    public override Tensor Apply(Tensor input) => input.clamp(Min, Max);

    public override Tensor ApplyInPlace(Tensor input) => input.clamp_(Min, Max);
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Uniform between two numbers.</summary>
[CatalogEntry("Uniform")]
public sealed record Uniform : Initializer
{
    /// <summary>The smallest number.</summary>
    [Setting(Position = 0)]
    public double Low { get; init; }

    /// <summary>The upper limit, exclusive.</summary>
    [Setting(Position = 1)]
    public double High { get; init; } = 1;

    protected internal override void Validate()
    {
        if (!(Low <= High))
            throw SettingProblem.Of(this, nameof(High), $"a number of Low ({Low}) or more", High);
    }

    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.uniform_(Low, High, generator);
}

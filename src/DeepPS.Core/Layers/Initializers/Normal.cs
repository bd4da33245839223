using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Normal with a given mean and deviation.</summary>
[CatalogEntry("Normal")]
public sealed record Normal : Initializer
{
    /// <summary>The mean.</summary>
    [Setting(Position = 0)]
    public double Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double StandardDeviation { get; init; } = 1;

    public override void Fill(Tensor tensor, Fan fan, Generator generator) =>
        tensor.normal_(Mean, StandardDeviation, generator);
}

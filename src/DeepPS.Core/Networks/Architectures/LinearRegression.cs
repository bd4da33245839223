using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Linear regression: each output is a weighted sum of the inputs plus a bias.</summary>
/// <remarks>Any shape, flattened, to outputs. With loss MSE it is least squares, with weight decay ridge regression;
/// after Legendre (1805) and Gauss (1809).</remarks>
[CatalogEntry("LinearRegression")]
public sealed record LinearRegression : Architecture
{
    /// <summary>The number of outputs.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Outputs { get; init; } = 1;

    /// <summary>Whether there is a bias.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Flatten { Name = "flatten" },
        new Dense
        {
            Name = "linear", Units = Outputs, Bias = Bias,
            WeightInitializer = new Zeros(), BiasInitializer = new Zeros(),
        },
    ];
}

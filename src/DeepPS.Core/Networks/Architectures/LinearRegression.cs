using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Linear regression: each output is a weighted sum of the inputs plus a constant.</summary>
/// <remarks>Any shape, flattened, to outputs. With the loss MSE it is least squares, with weight decay ridge
/// regression; after Legendre (1805) and Gauss (1809).</remarks>
[CatalogEntry("LinearRegression")]
public sealed record LinearRegression : Architecture
{
    /// <summary>How many numbers are predicted.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Outputs { get; init; } = 1;

    /// <summary>Whether a constant is added.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Flatten { Name = "flatten" },
        new Dense { Name = "linear", Units = Outputs, Bias = Bias, WeightInitializer = new Zeros(),
            BiasInitializer = new Zeros() },
    ];
}

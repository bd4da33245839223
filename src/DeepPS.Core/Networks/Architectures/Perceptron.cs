using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Networks;

/// <summary>Rosenblatt's perceptron: one weighted sum of the inputs, above 0 for the second class.</summary>
/// <remarks>Any shape, flattened, to one output. Its default loss is Perceptron; SGD with batch size 1 is then the
/// learning rule of Rosenblatt, The Perceptron (1958).</remarks>
[CatalogEntry("Perceptron")]
public sealed record Perceptron : Architecture
{
    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Flatten { Name = "flatten" },
        new Dense
        {
            Name = "sum", Units = 1, WeightInitializer = new Zeros(), BiasInitializer = new Zeros(),
            OutputLoss = new PerceptronLoss(),
        },
    ];
}

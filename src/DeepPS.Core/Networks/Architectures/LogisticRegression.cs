using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Logistic regression: the logits of the classes are weighted sums of the inputs.</summary>
/// <remarks>Any shape, flattened, to a logit per class, or one logit for two classes. The loss applies sigmoid or
/// softmax. After Cox, The Regression Analysis of Binary Sequences (1958).</remarks>
[CatalogEntry("LogisticRegression", "SoftmaxRegression")]
public sealed record LogisticRegression : Architecture
{
    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 2)]
    public int Classes { get; init; } = 2;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Flatten { Name = "flatten" },
        new Dense
        {
            Name = "logits", Units = Classes == 2 ? 1 : Classes, WeightInitializer = new Zeros(),
            BiasInitializer = new Zeros(),
        },
    ];
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Logistic regression: weighted sums of the inputs as logits of the classes.</summary>
/// <remarks>Any shape, flattened, to a logit for each class, or one for the second of two classes. The loss applies the
/// sigmoid or the softmax. After Cox, The Regression Analysis of Binary Sequences (1958).</remarks>
[CatalogEntry("LogisticRegression", "SoftmaxRegression")]
public sealed record LogisticRegression : Architecture
{
    /// <summary>How many classes there are.</summary>
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

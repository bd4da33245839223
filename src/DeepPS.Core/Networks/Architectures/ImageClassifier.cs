using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Networks;

/// <summary>Base of image classifiers, by default for ImageNet.</summary>
/// <remarks>channels x height x width to a logit for each class.</remarks>
public abstract record ImageClassifier : Architecture
{
    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 1000;

    public override Shape InputShape => new(3, 224, 224);
}

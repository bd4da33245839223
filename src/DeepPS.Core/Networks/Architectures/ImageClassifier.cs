using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Networks;

/// <summary>What networks share that tell classes of images apart: they were published for ImageNet unless they say
/// otherwise.</summary>
/// <remarks>channels x height x width to a logit for each class.</remarks>
public abstract record ImageClassifier : Architecture
{
    /// <summary>How many classes there are.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 1000;

    public override Shape InputShape => new(3, 224, 224);
}

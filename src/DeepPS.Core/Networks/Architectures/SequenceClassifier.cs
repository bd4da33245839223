using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What networks share that tell classes of sequences apart: of tokens, such as words, or of
/// numbers.</summary>
/// <remarks>length, token ids with 0 for padding; or, without a vocabulary, time x features. To a logit for each
/// class.</remarks>
public abstract record SequenceClassifier : Architecture
{
    /// <summary>How many classes there are.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 2;

    /// <summary>How many different tokens there are, with 0 for padding; none: the input is time x features,
    /// numbers.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int? Vocabulary { get; init; }

    /// <summary>How many tokens a sequence has, padding with it.</summary>
    [Setting(Minimum = 1)]
    public int Length { get; init; } = 128;

    public override Shape? InputShape => Vocabulary is null ? null : new Shape(Length);

    /// <summary>What a layer over the sequence reads: what a layer made of it, and where it is no padding.</summary>
    private protected IReadOnlyList<string> Sequence(string layer) =>
        Vocabulary is null ? [layer] : [layer, NetworkInput.DefaultName];

    /// <summary>A vector for each token.</summary>
    private protected Embedding Embed(int tokens, int features) =>
        new() { Name = "embedding", Tokens = tokens, Features = features, PaddingIndex = 0 };
}

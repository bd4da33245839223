using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of classifiers of sequences of tokens or numbers.</summary>
/// <remarks>Input: token ids (0 for padding), or time x features without a vocabulary. Output: a logit per
/// class.</remarks>
public abstract record SequenceClassifier : Architecture
{
    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 2;

    /// <summary>Optional: the number of tokens, including 0 for padding. Default: the input is time x features,
    /// numbers.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int? Vocabulary { get; init; }

    /// <summary>The number of tokens in a sequence, including padding.</summary>
    [Setting(Minimum = 1)]
    public int Length { get; init; } = 128;

    public override Shape? InputShape => Vocabulary is null ? null : new Shape(Length);

    /// <summary>The inputs of a layer over the sequence: a layer's output, and the mask if there are tokens.</summary>
    private protected IReadOnlyList<string> Sequence(string layer) =>
        Vocabulary is null ? [layer] : [layer, NetworkInput.DefaultName];

    /// <summary>The embedding of tokens.</summary>
    private protected Embedding Embed(int tokens, int features) =>
        new() { Name = "embedding", Tokens = tokens, Features = features, PaddingIndex = 0 };
}

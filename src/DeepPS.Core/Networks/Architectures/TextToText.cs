using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of networks from text to text: an encoder of source tokens, and a decoder that predicts target
/// tokens.</summary>
/// <remarks>Inputs <c>source</c> and <c>target</c>: token ids (0 for padding); the target is the output so far, shifted
/// by one place. Output: a logit per token at each place of the target.</remarks>
public abstract record TextToText : Architecture
{
    /// <summary>Optional: the number of tokens of source and target together, including 0 for padding. Default: the
    /// numbers of both, and their lengths, are those of the first training data.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int? Vocabulary { get; init; }

    /// <summary>The number of source tokens, including padding, with Vocabulary.</summary>
    [Setting(Minimum = 1)]
    public int SourceLength { get; init; } = 128;

    /// <summary>The number of target tokens, including padding, with Vocabulary.</summary>
    [Setting(Minimum = 1)]
    public int TargetLength { get; init; } = 128;

    public override IReadOnlyList<NetworkInput> Inputs => Vocabulary is null ? []
        : [new("source", new Shape(SourceLength)), new("target", new Shape(TargetLength))];

    internal override bool HasSeveralInputs => true;

    /// <summary>The embeddings of source and target: one, with a vocabulary of both.</summary>
    /// <param name="width">The size of a token's vector.</param>
    /// <param name="vectors">The initializer of the vectors.</param>
    private protected (Embedding Source, Embedding Target) Embeddings(int width, Initializer vectors)
    {
        var embedding = new Embedding
        {
            Name = "embedding", From = ["source"], Tokens = Vocabulary, Features = width, PaddingIndex = 0,
            WeightInitializer = vectors,
        };
        var target = embedding with
        {
            Name = "target.embedding",
            From = ["target"],
            ShareWith = Vocabulary is null ? null : "embedding",
        };
        return (embedding, target);
    }

    /// <summary>The output, whose weights are the target's vectors.</summary>
    /// <param name="from">The layer before it.</param>
    private protected Layer Tokens(string from) => Vocabulary is { } tokens
        ? new Dense { Name = "tokens", From = [from], Units = tokens, Bias = false, ShareWith = "embedding" }
        : new TokenLogits
        {
            Name = "tokens", From = [from, "target"], Bias = false, ShareWith = "target.embedding",
        };
}

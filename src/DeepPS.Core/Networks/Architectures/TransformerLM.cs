using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Transformer language model: predicts each token of a text from those before it.</summary>
/// <remarks>Token ids (0 for padding) of the text so far to a logit per token at each place. A causal encoder; token
/// vectors, times sqrt(width) at the input, are the weights of the output too. From Vaswani and others (2017), Liu and
/// others (2018) and Radford and others (2018).</remarks>
[CatalogEntry("TransformerLM")]
public sealed record TransformerLM : Architecture
{
    /// <summary>Optional: the number of tokens, including 0 for padding. Default: it and the length are those of the
    /// first training data.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int? Vocabulary { get; init; }

    /// <summary>The number of tokens in a text, including padding, with Vocabulary.</summary>
    [Setting(Minimum = 1)]
    public int Length { get; init; } = 128;

    /// <summary>The number of features at each place.</summary>
    [Setting(Minimum = 1)]
    public int Width { get; init; } = 128;

    /// <summary>The number of layers.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 2;

    /// <summary>The number of attention heads. Must divide Width.</summary>
    [Setting(Minimum = 1)]
    public int Heads { get; init; } = 4;

    /// <summary>The number of hidden units of the feed-forward network.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 512;

    /// <summary>The dropout probability.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    public override Shape? InputShape => Vocabulary is null ? null : new Shape(Length);

    protected internal override void Validate()
    {
        if (Width % Heads != 0)
            throw SettingProblem.Of(this, nameof(Heads), $"a number that divides Width ({Width})", Heads);
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Embedding
        {
            Name = "embedding", From = ["input"], Tokens = Vocabulary, Features = Width, PaddingIndex = 0,
            WeightInitializer = new Normal { StandardDeviation = 1 / Math.Sqrt(Width) },
        },
        new Rescale { Name = "scale", Scale = Math.Sqrt(Width) },
        new PositionalEncoding { Name = "position" },
        new Dropout { Name = "dropout", Probability = Dropout },
        new TransformerEncoder
        {
            Name = "encoder", From = ["dropout"], Layers = Depth, Heads = Heads, FeedForward = FeedForward,
            Dropout = Dropout, Causal = true,
        },
        new TokenLogits
        {
            Name = "tokens", From = ["encoder", "input"], Tokens = Vocabulary, Bias = false, ShareWith = "embedding",
        },
    ];
}

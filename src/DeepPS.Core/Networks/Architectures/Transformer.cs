using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Transformer for sequence to sequence: an encoder of source tokens, and a decoder that predicts target
/// tokens.</summary>
/// <remarks>Inputs <c>source</c> and <c>target</c>: token ids (0 for padding); the target is the output so far, shifted
/// by one place. Output: a logit per token at each place of the target. 63,082,496 parameters with the published "base"
/// sizes and Vocabulary 37000 (the paper rounds to 65 million). Both inputs and the output then share the token
/// vectors, times sqrt(width) at the inputs; without Vocabulary, target and output do. Vaswani, Shazeer, Parmar,
/// Uszkoreit, Jones, Gomez, Kaiser and Polosukhin, Attention Is All You Need (2017).</remarks>
[CatalogEntry("Transformer")]
public sealed record Transformer : TextToText
{
    /// <summary>The number of features at each place.</summary>
    [Setting(Minimum = 1)]
    public int Width { get; init; } = 512;

    /// <summary>The number of layers of the encoder and of the decoder.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 6;

    /// <summary>The number of attention heads. Must divide Width.</summary>
    [Setting(Minimum = 1)]
    public int Heads { get; init; } = 8;

    /// <summary>The number of hidden units of the feed-forward network.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 2048;

    /// <summary>The dropout probability.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    protected internal override void Validate()
    {
        if (Width % Heads != 0)
            throw SettingProblem.Of(this, nameof(Heads), $"a number that divides Width ({Width})", Heads);
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var (source, target) = Embeddings(Width, new Normal { StandardDeviation = 1 / Math.Sqrt(Width) });
        return
        [
            source,
            .. Places("source"),
            new TransformerEncoder
            {
                Name = "encoder", From = ["source.dropout", "source"],
                Layers = Depth, Heads = Heads, FeedForward = FeedForward, Dropout = Dropout,
            },
            target,
            .. Places("target"),
            new TransformerDecoder
            {
                Name = "decoder", From = ["target.dropout", "encoder", "source"],
                Layers = Depth, Heads = Heads, FeedForward = FeedForward, Dropout = Dropout,
            },
            Tokens("decoder"),
        ];
    }

    /// <summary>The layers between an embedding and attention.</summary>
    private IEnumerable<Layer> Places(string sequence) =>
    [
        new Rescale { Name = $"{sequence}.scale", Scale = Math.Sqrt(Width) },
        new PositionalEncoding { Name = $"{sequence}.position" },
        new Dropout { Name = $"{sequence}.dropout", Probability = Dropout },
    ];
}

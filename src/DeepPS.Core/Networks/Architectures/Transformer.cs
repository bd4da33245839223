using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>The transformer: an encoder reads a sequence of tokens, and a decoder that attends to it tells another one,
/// token by token.</summary>
/// <remarks>Inputs <c>source</c> and <c>target</c>, token ids with 0 for padding; the target is what is told so far,
/// one place behind. To a logit for each token at each place of the target. 63,082,496 parameters as published
/// ("base"), whose 65 million are rounded; the vectors of tokens are shared by both inputs and the output, times
/// sqrt(width) at the inputs. Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser and Polosukhin, Attention Is
/// All You Need (2017).</remarks>
[CatalogEntry("Transformer")]
public sealed record Transformer : Architecture
{
    /// <summary>How many different tokens there are, with 0 for padding.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Vocabulary { get; init; } = 37000;

    /// <summary>How many tokens the source has, padding with it.</summary>
    [Setting(Minimum = 1)]
    public int SourceLength { get; init; } = 128;

    /// <summary>How many tokens the target has, padding with it.</summary>
    [Setting(Minimum = 1)]
    public int TargetLength { get; init; } = 128;

    /// <summary>How many numbers each place has.</summary>
    [Setting(Minimum = 1)]
    public int Width { get; init; } = 512;

    /// <summary>How many layers the encoder and the decoder have each.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 6;

    /// <summary>How many heads each attention has; they share the width in equal parts.</summary>
    [Setting(Minimum = 1)]
    public int Heads { get; init; } = 8;

    /// <summary>How many units the hidden layer of each place's own network has.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 2048;

    /// <summary>How probable it is that a number becomes 0 while training.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    public override IReadOnlyList<NetworkInput> Inputs =>
        [new("source", new Shape(SourceLength)), new("target", new Shape(TargetLength))];

    protected internal override void Validate()
    {
        if (Width % Heads != 0)
            throw SettingProblem.Of(this, nameof(Heads), $"a number that divides Width ({Width})", Heads);
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var vectors = new Normal { StandardDeviation = 1 / Math.Sqrt(Width) };
        var embedding = new Embedding
        {
            Name = "embedding", From = ["source"], Tokens = Vocabulary, Features = Width, PaddingIndex = 0,
            WeightInitializer = vectors,
        };
        return
        [
            embedding,
            .. Places("source"),
            new TransformerEncoder
            {
                Name = "encoder", From = ["source.dropout", "source"],
                Layers = Depth, Heads = Heads, FeedForward = FeedForward, Dropout = Dropout,
            },
            embedding with { Name = "target.embedding", From = ["target"], ShareWith = "embedding" },
            .. Places("target"),
            new TransformerDecoder
            {
                Name = "decoder", From = ["target.dropout", "encoder", "source"],
                Layers = Depth, Heads = Heads, FeedForward = FeedForward, Dropout = Dropout,
            },
            new Dense { Name = "tokens", Units = Vocabulary, Bias = false, ShareWith = "embedding" },
        ];
    }

    /// <summary>What makes an embedding's vectors ready for attention.</summary>
    private IEnumerable<Layer> Places(string sequence) =>
    [
        new Rescale { Name = $"{sequence}.scale", Scale = Math.Sqrt(Width) },
        new PositionalEncoding { Name = $"{sequence}.position" },
        new Dropout { Name = $"{sequence}.dropout", Probability = Dropout },
    ];
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Transformer classifier of sequences, from the mean of the encoder's output.</summary>
/// <remarks>Token ids (0 for padding) or time x features to a logit per class. The encoder of Vaswani and others,
/// Attention Is All You Need (2017).</remarks>
[CatalogEntry("TransformerClassifier")]
public sealed record TransformerClassifier : SequenceClassifier
{
    /// <summary>The number of features at each place.</summary>
    [Setting(Minimum = 1)]
    public int Width { get; init; } = 128;

    /// <summary>The number of layers of the encoder.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 2;

    /// <summary>The number of attention heads. Must divide Width.</summary>
    [Setting(Minimum = 1)]
    public int Heads { get; init; } = 4;

    /// <summary>The number of hidden units of the feed-forward network.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 512;

    /// <summary>The positional encoding: Sine or Learned.</summary>
    [Setting]
    public PositionKind Position { get; init; }

    /// <summary>The dropout probability.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    protected internal override void Validate()
    {
        if (Width % Heads != 0)
            throw SettingProblem.Of(this, nameof(Heads), $"a number that divides Width ({Width})", Heads);
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Vocabulary is { } tokens ? Embed(tokens, Width) : new Dense { Name = "embedding", Units = Width },
        new PositionalEncoding { Name = "position", Kind = Position },
        new Dropout { Name = "dropout1", Probability = Dropout },
        new TransformerEncoder
        {
            Name = "encoder", From = Sequence("dropout1"), Layers = Depth, Heads = Heads, FeedForward = FeedForward,
            Dropout = Dropout,
        },
        new SequenceMean { Name = "mean", From = Sequence("encoder") },
        new Dropout { Name = "dropout2", Probability = Dropout },
        new Dense { Name = "classes", Units = Classes },
    ];
}

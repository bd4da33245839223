using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Classes of sequences by a transformer's encoder: each place attends to all others, and their mean tells the
/// class.</summary>
/// <remarks>Token ids with 0 for padding, or time x features, to a logit for each class. The encoder of Vaswani and
/// others, Attention Is All You Need (2017).</remarks>
[CatalogEntry("TransformerClassifier")]
public sealed record TransformerClassifier : SequenceClassifier
{
    /// <summary>How many numbers each place has.</summary>
    [Setting(Minimum = 1)]
    public int Width { get; init; } = 128;

    /// <summary>How many layers the encoder has.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 2;

    /// <summary>How many heads each attention has; they share the width in equal parts.</summary>
    [Setting(Minimum = 1)]
    public int Heads { get; init; } = 4;

    /// <summary>How many units the hidden layer of each place's own network has.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 512;

    /// <summary>How places are told: Sine for waves, Learned for numbers that are learned.</summary>
    [Setting]
    public PositionKind Position { get; init; }

    /// <summary>How probable it is that a number becomes 0 while training.</summary>
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

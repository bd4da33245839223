using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Classes of sequences by an LSTM: it reads the tokens or numbers one by one, and its last state tells the
/// class.</summary>
/// <remarks>Token ids with 0 for padding, or time x features, to a logit for each class. Hochreiter and Schmidhuber,
/// Long Short-Term Memory (1997).</remarks>
[CatalogEntry("LstmClassifier")]
public sealed record LstmClassifier : SequenceClassifier
{
    /// <summary>How many numbers a token's vector has.</summary>
    [Setting(Minimum = 1)]
    public int Embedding { get; init; } = 128;

    /// <summary>How many units each LSTM has.</summary>
    [Setting(Minimum = 1)]
    public int Units { get; init; } = 128;

    /// <summary>How many LSTMs are stacked.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 1;

    /// <summary>Whether as many units read from the end to the start.</summary>
    [Setting]
    public bool Bidirectional { get; init; }

    /// <summary>How probable it is, while training, that a number between stacked LSTMs or of the last state becomes
    /// 0.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var lstm = new LSTM
        {
            Name = "lstm", Units = Units, Layers = Depth, Bidirectional = Bidirectional,
            Dropout = Depth > 1 ? Dropout : 0,
        };
        return
        [
            .. Vocabulary is { } tokens
            ? new Layer[] { Embed(tokens, Embedding), lstm with { From = Sequence("embedding") } }
            : [lstm],
            new Dropout { Name = "dropout", Probability = Dropout },
            new Dense { Name = "classes", Units = Classes },
        ];
    }
}

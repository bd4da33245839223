using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>LSTM classifier of sequences of tokens or numbers, from the last state.</summary>
/// <remarks>Token ids (0 for padding) or time x features to a logit per class. Hochreiter and Schmidhuber, Long
/// Short-Term Memory (1997).</remarks>
[CatalogEntry("LstmClassifier")]
public sealed record LstmClassifier : SequenceClassifier
{
    /// <summary>The size of a token's vector.</summary>
    [Setting(Minimum = 1)]
    public int Embedding { get; init; } = 128;

    /// <summary>The number of units of each LSTM layer.</summary>
    [Setting(Minimum = 1)]
    public int Units { get; init; } = 128;

    /// <summary>The number of stacked LSTM layers.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 1;

    /// <summary>Whether as many units also read the sequence backward.</summary>
    [Setting]
    public bool Bidirectional { get; init; }

    /// <summary>The dropout probability between stacked layers and of the last state.</summary>
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
                ? new Layer[] { Embed(tokens, Embedding), lstm with { From = Sequence("embedding") } } : [lstm],
            new Dropout { Name = "dropout", Probability = Dropout },
            new Dense { Name = "classes", Units = Classes },
        ];
    }
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>LSTM encoder and decoder with attention, for sequence to sequence such as translation.</summary>
/// <remarks>Inputs <c>source</c> and <c>target</c>: token ids (0 for padding); the target is the output so far, shifted
/// by one place. Output: a logit per token at each place of the target. The encoder reads the source in both
/// directions; the decoder's states attend to the encoder's. The output's weights are the target's vectors. From
/// Sutskever, Vinyals and Le (2014), Bahdanau, Cho and Bengio (2015), and Luong, Pham and Manning (2015).</remarks>
[CatalogEntry("LstmSeq2Seq", "Seq2Seq")]
public sealed record LstmSeq2Seq : TextToText
{
    /// <summary>The size of a token's vector, of the decoder's state, and of the encoder's in each direction.</summary>
    [Setting(Minimum = 1)]
    public int Units { get; init; } = 256;

    /// <summary>The number of stacked LSTM layers of the encoder and of the decoder.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 1;

    /// <summary>How attention compares a state of the decoder with one of the encoder: General, Dot or Additive. With
    /// Dot both have the same size, so the encoder reads the source forward alone.</summary>
    [Setting]
    public AttentionScore Score { get; init; }

    /// <summary>The dropout probability of vectors, between stacked layers and of the attended states.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var (source, target) = Embeddings(Units, new Normal { StandardDeviation = 0.1 });
        var lstm = new LSTM
        {
            Name = "decoder", From = ["target.dropout"], Units = Units, Layers = Depth, ReturnSequences = true,
            Dropout = Depth > 1 ? Dropout : 0,
        };
        return
        [
            source,
            Drop("source.dropout", "embedding"),
            lstm with { Name = "encoder", From = ["source.dropout", "source"], Bidirectional = !IsDot },
            target,
            Drop("target.dropout", "target.embedding"),
            lstm,
            new LuongAttention { Name = "attention", From = ["decoder", "encoder", "source"], Score = Score },
            Drop("dropout", "attention"),
            Tokens("dropout"),
        ];
    }

    private bool IsDot => Score is AttentionScore.Dot;

    private Dropout Drop(string name, string from) => new() { Name = name, From = [from], Probability = Dropout };
}

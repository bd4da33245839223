using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>How a model of text chooses tokens one after the other.</summary>
public sealed record DecodingOptions
{
    /// <summary>The number of unfinished texts that beam search keeps for each row; 1 takes the most likely token each
    /// time (greedy).</summary>
    public int Beam { get; init; } = 1;

    /// <summary>The exponent a by which beam search favours long texts: it divides the log probability of a text of n
    /// tokens by ((5 + n) / 6)^a (Wu and others 2016). 0 for none.</summary>
    public double LengthPenalty { get; init; } = 0.6;

    /// <summary>Draws tokens at random, from logits divided by this number: small ones favour likely tokens; null to
    /// draw none, or from the logits as they are with TopK or TopP.</summary>
    public double? Temperature { get; init; }

    /// <summary>Draws only among the most likely tokens, this many; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Draws only among the fewest most likely tokens that have this probability together; null for
    /// all.</summary>
    public double? TopP { get; init; }

    /// <summary>The seed of drawing.</summary>
    public int Seed { get; init; }

    /// <summary>The largest number of tokens of a text, with its end; null for the length of the training
    /// texts.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The number of tokens that a language model produces, beyond the ends of texts; null to stop at the end
    /// of a text.</summary>
    public int? Generate { get; init; }

    /// <summary>The number of the first row, on which the random numbers of each row depend beside the seed.</summary>
    internal int FirstRow { get; init; }

    /// <summary>Whether each step uses what the steps before computed.</summary>
    internal bool UsesCache { get; init; } = true;

    /// <summary>Whether tokens are drawn at random.</summary>
    internal bool Draws => Temperature is not null || TopK is not null || TopP is not null;

    /// <summary>Refuses options that a model does not support.</summary>
    /// <exception cref="DlException"><c>NotATextModel</c>: its label is no text; <c>NotALanguageModel</c>: it cannot go
    /// on beyond the end of a text; <c>BeamOrDraw</c>; <c>InvalidLength</c>.</exception>
    internal void Check(DataPlan plan)
    {
        if (plan.Label?.Text is not { } text)
            throw new DlException("NotATextModel", DlErrorKind.InvalidArgument,
                "Beam, LengthPenalty, Temperature, TopK, TopP, MaxLength and Generate need a model that produces text; "
                + $"label '{plan.Label?.Name}' is a {plan.Label?.Kind}. Omit them, or train with -LabelKind Text.",
                plan.Label?.Name);
        if (Generate is not null && !plan.IsLanguageModel)
            throw new DlException("NotALanguageModel", DlErrorKind.InvalidArgument,
                "Generate needs a language model, trained on data with no column but its label. This model takes "
                + $"{string.Join(", ", plan.InputColumnNames)}: it produces one text for each row. Omit Generate.",
                Generate);
        if (Beam > 1 && (Draws || Generate is not null))
            throw new DlException("BeamOrDraw", DlErrorKind.InvalidArgument,
                "Beam search looks for the most likely text, and draws no tokens. Use either Beam, or Temperature, "
                + "TopK, TopP and Generate.", Beam);
        if (MaxLength > text.Length)
            throw new DlException("InvalidLength", DlErrorKind.InvalidArgument,
                $"MaxLength must be at most {text.Length:N0}, the length that the model was trained with; got "
                + $"{MaxLength:N0}. Use a smaller one, or train with a larger one: -Column @{{ "
                + $"'{plan.Label.Name}' = @{{ Length = {MaxLength} }} }}.", MaxLength);
    }
}

using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>Options of a prediction.</summary>
public sealed record PredictionOptions
{
    /// <summary>The probabilities that a prediction holds.</summary>
    public ProbabilityChoice Probability { get; init; }

    /// <summary>The probability from which the positive class is predicted, from 0 to 1; null for the most likely
    /// class.</summary>
    public double? Threshold { get; init; }

    /// <summary>The positive class; null for the second of two classes.</summary>
    public string? Positive { get; init; }

    /// <summary>The name of a layer whose output a prediction holds too; null for none.</summary>
    public string? Layer { get; init; }

    /// <summary>The name of the value with the layer's output; null for the layer's name.</summary>
    public string? As { get; init; }

    /// <summary>How tokens are chosen by a model of text; null for the most likely ones.</summary>
    public DecodingOptions? Decoding { get; init; }

    /// <summary>The options for rows that begin at a later number.</summary>
    public PredictionOptions From(int row) => Decoding is null || row == 0 ? this
        : this with { Decoding = Decoding with { FirstRow = Decoding.FirstRow + row } };

    /// <summary>The divisor of the logits; that of the model's calibration.</summary>
    internal double Temperature { get; init; } = 1;

    /// <summary>The options with what was chosen for a model: its threshold, unless another threshold or positive class
    /// is given, and its temperature.</summary>
    internal PredictionOptions For(Model model)
    {
        if (model.Decision is not { } decision)
            return this;
        var calibrated = this with { Temperature = decision.Temperature };
        return Threshold is not null || Positive is not null && Positive != decision.Positive ? calibrated
            : calibrated with { Threshold = decision.Threshold, Positive = decision.Positive };
    }

    /// <summary>Refuses options that a trained model does not support.</summary>
    /// <exception cref="DlException"><c>NoProbabilities</c>: the model gives no probabilities; <c>NoPositiveClass</c>:
    /// the positive class must be named; <c>ClassNotFound</c>; <c>InvalidThreshold</c>.</exception>
    public void Check(Model model)
    {
        var (_, plan, loss) = model.Trained();
        Check(plan.Label!, loss);
        Decoding?.Check(plan);
    }

    /// <summary>Refuses options that a label or a loss does not support.</summary>
    /// <exception cref="DlException"><c>NoProbabilities</c>: the model gives no probabilities; <c>NoPositiveClass</c>:
    /// the positive class must be named; <c>ClassNotFound</c>; <c>InvalidThreshold</c>.</exception>
    internal void Check(LabelPlan label, Loss loss)
    {
        if (Probability is ProbabilityChoice.Predicted && Threshold is null && Positive is null)
            return;
        if (label.Kind is LabelKind.Number || !loss.GivesProbabilities
            || label.Shape.Rank > 0 && label.Kind is LabelKind.Class or LabelKind.Text)
            throw new DlException("NoProbabilities", DlErrorKind.InvalidArgument,
                "Probability All, Threshold and Positive need a model that predicts one class for each row with "
                + $"probabilities; label '{label.Name}' is a {label.Kind}"
                + (label.Shape.Rank > 0 ? $" {label.Shape}" : "") + $", and the loss is {loss.Entry.Name}.",
                label.Name);
        if (Threshold is not null || Positive is not null)
            _ = PositiveOf(label);
        if (Threshold is not (null or >= 0 and <= 1))
            throw new DlException("InvalidThreshold", DlErrorKind.InvalidArgument,
                $"Threshold must be a probability from 0 to 1; got {Threshold}.", Threshold);
    }

    /// <summary>The number of the positive class; -1 for a label of several names, each of which is one.</summary>
    /// <exception cref="DlException"><c>NoPositiveClass</c>, <c>ClassNotFound</c>.</exception>
    internal int PositiveOf(LabelPlan label) => PositiveClass.Of(Positive, label);
}

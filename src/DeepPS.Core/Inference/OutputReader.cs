using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Converts a network's output to class numbers, or to numbers in the label's unit.</summary>
internal sealed class OutputReader(LabelPlan label, Loss loss, PredictionOptions? options = null)
{
    /// <summary>The label.</summary>
    public LabelPlan Label => label;

    /// <summary>The names of the classes; empty for numbers.</summary>
    public IReadOnlyList<string> Classes => label.Classes;

    /// <summary>Predictions and targets for metrics, at the places that count.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The targets.</param>
    /// <param name="gaps">Whether places may have no class.</param>
    public MetricBatch Read(Tensor output, Tensor target, bool gaps)
    {
        output = output.detach();
        if (label is { Kind: LabelKind.Number, IsPadded: true })
        {
            // Each number counts, wherever it is; padding does not.
            var known = target.isnan().logical_not();
            return new MetricBatch(InUnit(loss.Numbers(output)).masked_select(known).unsqueeze(1),
                InUnit(target).masked_select(known).unsqueeze(1))
            { IsOneSignal = true };
        }

        if (label.Kind == LabelKind.Number)
            return new MetricBatch(InUnit(loss.Numbers(output)), InUnit(target)) { IsOneSignal = label.IsInput };
        if (label.Kind == LabelKind.Labels)
        {
            output = Calibrated(output);
            return new MetricBatch(Decide(Places(output)).reshape(target.shape), target, output, loss,
                label.Classes.Count);
        }

        output = Calibrated(Places(output));
        target = target.reshape(-1);
        if (gaps || loss.Ignored is not null)
        {
            var counting = target.ge(0).logical_and(target.ne(loss.Ignored ?? -1)).nonzero().flatten();
            (output, target) = (output.index_select(0, counting), target.index_select(0, counting));
        }

        return new MetricBatch(Decide(output), target, output, loss, label.Classes.Count);
    }

    /// <summary>An output over classes divided by the temperature.</summary>
    public Tensor Calibrated(Tensor output) =>
        options is null or { Temperature: 1 } ? output : output.div(options.Temperature);

    /// <summary>The predicted classes (places), int64: the positive class from its threshold on, else the most likely
    /// other class; without a threshold the most likely class.</summary>
    /// <param name="output">The output (places, outputs).</param>
    /// <param name="probabilities">Its probabilities; null to compute them if needed.</param>
    public Tensor Decide(Tensor output, Tensor? probabilities = null)
    {
        if (options?.Threshold is not { } threshold)
            return loss.Classes(output);
        probabilities ??= loss.Probabilities(output)!;
        var positive = options.PositiveOf(label);
        if (positive < 0)
            return probabilities.select(1, 1).ge(threshold).to(ScalarType.Int64);
        var others = probabilities.clone();
        others.select(1, positive).fill_(-1);
        return others.argmax(1).masked_fill(probabilities.select(1, positive).ge(threshold), positive);
    }

    /// <summary>An output over classes as (places, outputs).</summary>
    public Tensor Places(Tensor output) => OutputForm.Flat(output, label.Shape.ToArray());

    /// <summary>Standardized numbers converted to the label's unit, float64.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="deviations">Whether they are distances, which the label's mean does not shift.</param>
    public Tensor InUnit(Tensor numbers, bool deviations = false) =>
        label.Parts.Count == 1
            ? numbers.detach().to(ScalarType.Float64).mul(label.Scale).add(deviations ? 0 : label.Mean)
        : numbers.detach().to(ScalarType.Float64).mul(Parts(part => part.Scale, numbers.device))
        .add(Parts(part => deviations ? 0 : part.Mean, numbers.device));

    private Tensor Parts(Func<LabelPart, double> number, Device device) =>
        tensor(label.Parts.Select(number).ToArray(), device: device);
}

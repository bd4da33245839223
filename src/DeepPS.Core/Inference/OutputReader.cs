using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Converts a network's output to class numbers, or to numbers in the label's unit.</summary>
internal sealed class OutputReader(LabelPlan label, Loss loss)
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
        if (label.Kind == LabelKind.Number)
            return new MetricBatch(InUnit(loss.Numbers(output)), InUnit(target)) { IsOneSignal = label.IsInput };
        if (label.Kind == LabelKind.Labels)
            return new MetricBatch(loss.Classes(Places(output)).reshape(target.shape), target, output, loss,
                label.Classes.Count);
        output = Places(output);
        target = target.reshape(-1);
        if (gaps || loss.Ignored is not null)
        {
            var counting = target.ge(0).logical_and(target.ne(loss.Ignored ?? -1)).nonzero().flatten();
            (output, target) = (output.index_select(0, counting), target.index_select(0, counting));
        }

        return new MetricBatch(loss.Classes(output), target, output, loss, label.Classes.Count);
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

using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// A student's objective: (1 - weight) times its supervised loss, plus weight times its distance to the teachers. For
/// classes this is T^2 times the divergence KL(teachers || student) of the probabilities at temperature T, for numbers
/// the mean squared difference; plus half the mean squared difference of each hint. The loss for the record is the
/// supervised one alone.
/// </summary>
/// <remarks>
/// Hinton, Vinyals and Dean, Distilling the Knowledge in a Neural Network (2015); hints: Romero et al., FitNets: Hints
/// for Thin Deep Nets (2015), all at once instead of in two stages.
/// </remarks>
/// <param name="labels">The supervised objective, which this one frees.</param>
/// <param name="teachers">The teachers, which this one frees.</param>
/// <param name="label">The student's label.</param>
/// <param name="options">Temperature and weight.</param>
internal sealed class DistilledObjective(SupervisedObjective labels, Teachers teachers, LabelPlan label,
    DistillationOptions options) : Objective
{
    /// <summary>The hints; empty: none.</summary>
    public IReadOnlyList<Hint> Hints { get; init; } = [];

    /// <inheritdoc/>
    public override int SmallestPart => labels.SmallestPart;

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        var (value, nodes) = Hints.Count == 0 ? (labels.Compute(batch), []) : labels.ComputeNodes(batch);
        var total = value.Total.mul(1 - options.TeacherWeight)
            .add(Distance(value.Output, batch), options.TeacherWeight);
        foreach (var hint in Hints)
            total = total.add(hint.Distance(nodes, batch));
        return value with { Total = total };
    }

    /// <inheritdoc/>
    public override Tensor? Weight(Batch batch) => labels.Weight(batch);

    /// <inheritdoc/>
    public override DlException? Explain(ExternalException error, Batch batch) => labels.Explain(error, batch);

    /// <inheritdoc/>
    public override void Dispose()
    {
        labels.Dispose();
        teachers.Dispose();
        foreach (var hint in Hints)
            hint.Dispose();
    }

    /// <summary>The distance of the student's output to the teachers', a scalar.</summary>
    private Tensor Distance(Tensor output, Batch batch)
    {
        var taught = teachers.Of(batch);
        Tensor each;
        if (label.Kind is LabelKind.Number)
            each = labels.Loss.Numbers(output).sub(taught.reshape(output.shape)).square();
        else
        {
            var places = Teachers.Logits(labels.Loss, OutputForm.Flat(output, label.Shape.ToArray()));
            var known = places.div(options.Temperature).log_softmax(1);
            taught = taught.reshape(known.shape);
            each = taught.mul(taught.clamp_min(1e-30f).log()).sub(taught.mul(known)).sum(1)
                .mul(options.Temperature * options.Temperature);
        }

        each = each.reshape(batch.Count, -1).mean([1]);
        return batch.Weights is not { } weights ? each.mean()
            : each.mul(weights).sum().div(weights.sum().clamp_min(1e-30f));
    }
}

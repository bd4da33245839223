using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The outputs of one or more teachers, in the student's terms: for classes the mean of their probabilities at a
/// temperature, in the order of the student's classes; for numbers their mean, scaled as the student's label is.
/// </summary>
internal sealed class Teachers : IDisposable
{
    /// <summary>Outputs of more bytes are computed for each batch instead of being kept.</summary>
    private const long MostKept = 1L << 30;

    private readonly (Network Network, LabelPlan Label, Loss Loss, Tensor? Order)[] teachers;
    private readonly LabelPlan label;
    private readonly double temperature;
    private Tensor? kept;

    /// <param name="models">The teachers, trained on the same columns and the same label.</param>
    /// <param name="plan">The student's plan.</param>
    /// <param name="temperature">Logits are divided by it before the softmax.</param>
    /// <exception cref="DlException">
    /// <c>ModelNotTrained</c>, <c>TeacherPlan</c>: a teacher reads other columns, or reads them otherwise;
    /// <c>TeacherLabel</c>: its label is another one; <c>DistillationLabel</c>.
    /// </exception>
    public Teachers(IReadOnlyList<Model> models, DataPlan plan, double temperature)
    {
        (label, this.temperature) = (plan.Label!, temperature);
        if (label.Kind is LabelKind.Labels || label.IsInput)
            throw new DlException("DistillationLabel", DlErrorKind.InvalidArgument,
                $"A teacher's outputs can be learned for a class or for numbers; label '{label.Name}' "
                + $"{(label.IsInput ? "is the input" : label.Nature)}. Omit -Teacher.", label.Name);
        using var scope = NewDisposeScope();
        teachers = models.Select(model => Check(model, plan)).ToArray();
    }

    /// <summary>The network of the first teacher.</summary>
    public Network First => teachers[0].Network;

    /// <summary>Computes the outputs for all samples at once, if they can be kept.</summary>
    /// <param name="source">The samples, which are not augmented.</param>
    /// <param name="batchSize">The number of samples at a time.</param>
    public void Keep(DeviceData source, int batchSize)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var first = 0; first < source.Count; first += batchSize)
        {
            using var part = NewDisposeScope();
            var outputs = Compute(source.Range(first, Math.Min(batchSize, source.Count - first)));
            if (first == 0 && outputs.numel() * sizeof(float) / outputs.shape[0] * source.Count > MostKept)
                return;
            parts.Add(outputs.MoveToOuterDisposeScope());
        }

        kept = cat(parts).DetachFromDisposeScope();
    }

    /// <summary>The teachers' outputs for a batch: (samples, ...), probabilities or numbers.</summary>
    public Tensor Of(Batch batch) => kept is not null && batch.Rows is { } rows ? kept.index_select(0, rows)
        : Compute(batch);

    public void Dispose()
    {
        kept?.Dispose();
        foreach (var (_, _, _, order) in teachers)
            order?.Dispose();
    }

    /// <summary>The logits of an output (places, classes), from whatever form the loss takes.</summary>
    internal static Tensor Logits(Loss loss, Tensor output) =>
        loss.TakesLogits && output.shape[1] > 1 ? output : loss.Probabilities(output)!.clamp_min(1e-30f).log();

    private Tensor Compute(Batch batch)
    {
        using var noGradient = no_grad();
        var outputs = teachers.Select(teacher =>
        {
            var output = teacher.Network.Forward(batch.Inputs, ForwardContext.Inference);
            if (label.Kind is LabelKind.Number)
                return Scaled(teacher.Loss.Numbers(output), teacher.Label);
            var places = OutputForm.Flat(output, label.Shape.ToArray());
            var probabilities = Logits(teacher.Loss, places).div(temperature).softmax(1);
            if (teacher.Order is { } order)
                probabilities = probabilities.index_select(1, order);
            return probabilities.reshape([batch.Count, .. label.Shape, label.Classes.Count]);
        }).ToArray();
        return outputs.Length == 1 ? outputs[0] : stack(outputs).mean([0]);
    }

    /// <summary>Numbers in the scale of the teacher's label, in that of the student's.</summary>
    private Tensor Scaled(Tensor numbers, LabelPlan of) => of.Mean == label.Mean && of.Scale == label.Scale ? numbers
        : numbers.mul(of.Scale / label.Scale).add((of.Mean - label.Mean) / label.Scale);

    private (Network, LabelPlan, Loss, Tensor?) Check(Model model, DataPlan plan)
    {
        var (network, own, loss) = model.Trained();
        if (!JsonNode.DeepEquals(Inputs(own), Inputs(plan)))
            throw new DlException("TeacherPlan", DlErrorKind.InvalidArgument,
                $"The teacher '{model.Name}' reads the data in another way than the student: their columns or the "
                + "scaling of them differ. Train both on the same data, or use a student that is not trained yet.",
                model);
        var theirs = own.Label!;
        if (theirs.Kind != label.Kind || !theirs.Shape.Equals(label.Shape) || theirs.Parts.Count > 1
            || !theirs.Classes.Order().SequenceEqual(label.Classes.Order())
            || label.Kind is LabelKind.Class && !loss.GivesProbabilities)
            throw new DlException("TeacherLabel", DlErrorKind.InvalidArgument,
                $"The teacher '{model.Name}' must predict the student's label, '{label.Name}', which {label.Nature}, "
                + $"with probabilities; it predicts '{theirs.Name}', which {theirs.Nature}. Use another teacher.",
                model);
        var order = label.Classes.Select(name => (long)theirs.Classes.ToList().IndexOf(name)).ToArray();
        return (network, theirs, loss, order.SequenceEqual(Enumerable.Range(0, order.Length).Select(i => (long)i))
            ? null : tensor(order, device: TorchRuntime.Device(model.Device)).DetachFromDisposeScope());
    }

    private static JsonArray Inputs(DataPlan plan) => new(plan.InputColumns.Select(column =>
        (JsonNode)new JsonObject { ["name"] = column.Name, ["encoder"] = column.Encoding!.ToJson() }).ToArray());
}

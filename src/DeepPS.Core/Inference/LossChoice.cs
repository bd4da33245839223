using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>The loss and the metrics of a run: the given ones, or the defaults of the label.</summary>
internal static class LossChoice
{
    /// <summary>The loss for a label and a network: the given one, else that of the output layer, else the default of
    /// the label.</summary>
    /// <exception cref="DlException"><c>LossLabel</c>: the given loss does not support the label, or the padding of its
    /// arrays; <c>OutputShape</c>: an output of the network does not fit its loss.</exception>
    public static Loss Loss(Loss? named, LabelPlan label, Network network)
    {
        named ??= network.OutputNode.Layer.OutputLoss;
        var loss = named ?? Default(label, network.Output);
        Check(loss, label, network.OutputNode, named is null);
        foreach (var head in network.Heads)
            Check(head.Layer.OutputLoss ?? loss, label, head, chosen: false);
        return loss.For(label);
    }

    /// <summary>The metrics for a label and a loss.</summary>
    /// <param name="named">The given metrics; null for the defaults of the label.</param>
    /// <param name="label">The label.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="tables">Whether metrics that give tables are allowed.</param>
    /// <exception cref="DlException"><c>MetricLabel</c>: a metric does not support the label; <c>MetricLoss</c>: the
    /// loss does not give what a metric needs; <c>MetricTable</c>; <c>DuplicateMetric</c>.</exception>
    public static IReadOnlyList<Metric> Metrics(IReadOnlyList<Metric>? named, LabelPlan label, Loss loss,
        bool tables = false)
    {
        if (named is null)
            return !loss.Predicts ? [] : label.Kind switch
            {
                LabelKind.Number => [new MAE()],
                LabelKind.Text => [new TokenAccuracy(), new Perplexity()],
                LabelKind.Labels => [new Accuracy(), new F1 { OfNames = true }],
                _ => [new Accuracy()],
            };
        foreach (var metric in named)
            Check(metric, label, loss, tables);
        var twice = named.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1);
        var ofNames = label.Kind == LabelKind.Labels;
        return twice is null ? named.Select(metric => metric with { OfNames = ofNames }).ToArray()
            : throw new DlException("DuplicateMetric", DlErrorKind.InvalidArgument,
                $"Metric {twice.Key} is named {twice.Count()} times; its values would have one name. Name it once.",
                twice.Key);
    }

    /// <summary>The probable mistake in a network's last layer for a loss; null if there is none.</summary>
    public static string? Doubt(Loss loss, Layer last)
    {
        var activation = last as Activation ?? (last as WeightedLayer)?.Activation;
        if (loss.TakesLogits && activation is Softmax or LogSoftmax or Sigmoid)
            return $"The last layer is {activation!.Entry.Name}, but loss {loss.Entry.Name} takes logits and applies "
                + "it itself. Remove the last activation.";
        return loss.TakesLogProbabilities && last is Activation or WeightedLayer && activation is not LogSoftmax
            ? $"Loss {loss.Entry.Name} takes log probabilities, but the last layer is "
                + $"{(activation ?? last).Entry.Name}. End the model with LogSoftmax."
            : null;
    }

    private static Loss Default(LabelPlan label, Shape output) =>
        label.Kind == LabelKind.Number ? new MSELoss()
        : label.Kind == LabelKind.Labels || OutputForm.PerPlace(label.Shape, output) == 1 ? new BinaryCrossEntropy()
        : new CrossEntropy();

    private static void Check(Loss loss, LabelPlan label, LayerNode last, bool chosen)
    {
        if (!loss.Suits(label.Kind))
            throw new DlException("LossLabel", DlErrorKind.InvalidArgument,
                $"Loss {loss.Entry.Name} is for labels that are a {loss.LabelKind}; "
                + (label.IsInput
                    ? "the target is the input, numbers. "
                    : $"label '{label.Name}' is a {label.Kind}. ")
                + "Name another loss, or none to choose it by the label.", loss);
        var (fits, needs) = loss.Output(label, last.OutputShape);
        if (fits)
            return;
        var or = chosen && label.Kind == LabelKind.Class && label.Classes.Count == 2
            ? $", or {OutputForm.Words(OutputForm.Wanted(label.Shape, 1))}" : "";
        throw new DlException("OutputShape", DlErrorKind.InvalidArgument,
            $"Layer '{last.Name}' ({last.Layer.Entry.Name}) gives {last.OutputShape}; "
            + (label.IsInput
                ? $"the target is the input of {label.Shape}"
                : $"label '{label.Name}' {label.Nature}")
            + $". Loss {loss.Entry.Name} needs {needs}{or}. Change the layer, or name another loss.", last.Name);
    }

    private static void Check(Metric metric, LabelPlan label, Loss loss, bool tables)
    {
        if (!metric.Suits(label.Kind))
            throw new DlException("MetricLabel", DlErrorKind.InvalidArgument,
                $"Metric {metric.Entry.Name} is for labels that are a {metric.LabelKind}; "
                + (label.IsInput
                    ? "the target is the input, numbers."
                    : $"label '{label.Name}' is a {label.Kind}."), metric);
        if (!loss.Predicts)
            throw Refused(metric,
                $"compares predictions with labels; loss {loss.Entry.Name} gives no prediction per place. Name no "
                + "metric");
        if (metric.NeedsProbabilities && !loss.GivesProbabilities)
            throw Refused(metric,
                $"needs probabilities, which loss {loss.Entry.Name} does not give. Remove it, or train with another "
                + "loss");
        if (metric is TextMetric && !tables)
            metric.Begin(TorchSharp.torch.CPU, []);
        if (metric.IsTable && !tables)
            throw new DlException("MetricTable", DlErrorKind.InvalidArgument,
                $"Metric {metric.Entry.Name} gives a table, which cannot be a column of a run. Use Measure-DlModel "
                + "after the training.", metric);
    }

    private static DlException Refused(Metric metric, string why) =>
        new("MetricLoss", DlErrorKind.InvalidArgument, $"Metric {metric.Entry.Name} {why}.", metric);
}

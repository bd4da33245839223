namespace DeepPS;

/// <summary>The loss and the metrics of a run: those named, else those that the label's kind asks for.</summary>
internal static class LossChoice
{
    /// <summary>The loss for a label and a network.</summary>
    /// <exception cref="DlException"><c>LossLabel</c>: the loss named is not for this kind of label.</exception>
    public static Loss Loss(Loss? named, LabelPlan label, Network network)
    {
        if (named is null)
            return label.Kind == LabelKind.Number ? new MSE()
                : network.Output[0] == 1 ? new BinaryCrossEntropy()
                : new CrossEntropy();
        if (named.LabelKind != label.Kind)
            throw new DlException("LossLabel", DlErrorKind.InvalidArgument,
                $"Loss {named.Entry.Name} is for labels that are a {named.LabelKind}; label '{label.Name}' is a {label.Kind}. "
                + "Name another loss, or none: it is chosen by the label.", named);
        if (named is BinaryCrossEntropy != (network.Output[0] == 1) && label.Kind == LabelKind.Class)
            throw new DlException("LossLabel", DlErrorKind.InvalidArgument,
                $"Loss {named.Entry.Name} wants {(named is BinaryCrossEntropy ? "1 output" : "an output for each class")}; "
                + $"the last layer gives {network.Output}. Name another loss, or none: it is chosen by the label.", named);
        return named;
    }

    /// <summary>The metrics for a label.</summary>
    /// <exception cref="DlException"><c>MetricLabel</c>: a metric named is not for this kind of label.</exception>
    public static IReadOnlyList<Metric> Metrics(IReadOnlyList<Metric>? named, LabelPlan label)
    {
        if (named is null)
            return label.Kind == LabelKind.Number ? [new MAE()] : [new Accuracy()];
        var wrong = named.FirstOrDefault(metric => metric.LabelKind != label.Kind);
        return wrong is null ? named : throw new DlException("MetricLabel", DlErrorKind.InvalidArgument,
            $"Metric {wrong.Entry.Name} is for labels that are a {wrong.LabelKind}; label '{label.Name}' is a {label.Kind}.", wrong);
    }
}

using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of metrics that compare the texts that a model produces with the label's texts.</summary>
public abstract record TextMetric : Metric
{
    public sealed override LabelKind LabelKind => LabelKind.Text;

    public sealed override bool HigherIsBetter => true;

    /// <summary>The metric over a whole set, from 0 to 100.</summary>
    /// <param name="texts">The texts that the model produced.</param>
    /// <param name="references">The references of each text, one or more.</param>
    public abstract double Of(IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<string>> references);

    public sealed override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        throw new DlException("MetricText", DlErrorKind.InvalidArgument,
            $"Metric {Entry.Name} needs produced texts, which take long to make, so it cannot be a column of a run. "
            + "Use Measure-DlModel after the training.", this);
}

using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>The results of a model on a dataset.</summary>
public sealed class Evaluation
{
    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>The mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The probability from which the positive class was predicted; null for the most likely class. Cmdlets
    /// show it as Threshold.</summary>
    public double? DecisionThreshold() => ThresholdValue;

    internal double? ThresholdValue { get; init; }

    /// <summary>The metrics by name. Cmdlets show each as a property.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics() => MetricValues;

    internal IReadOnlyList<KeyValuePair<string, double>> MetricValues { get; init => field = value.ToArray(); } = [];

    /// <summary>The confusion matrix, a row per class; null if not requested. Cmdlets show it as a property.</summary>
    public IReadOnlyList<ConfusionMatrixRow>? Matrix() => MatrixRows;

    /// <summary>The confusion matrix, a row per pair of true and predicted class; null if not requested. Cmdlets show
    /// it as ConfusionPair.</summary>
    public IReadOnlyList<ConfusionPair>? Pairs() => MatrixRows is null ? null : ConfusionPair.Of(MatrixRows);

    internal IReadOnlyList<ConfusionMatrixRow>? MatrixRows { get; init; }

    /// <summary>Loss and metrics on one line.</summary>
    public override string ToString() => string.Join("  ",
        MetricValues.Select(metric => $"{metric.Key} {metric.Value:0.0000}")
            .Prepend($"{Dataset}: {Count} samples  loss {Loss:0.0000}"));
}

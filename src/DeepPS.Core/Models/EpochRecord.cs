namespace DeepPS.Models;

/// <summary>The results of one epoch of a run.</summary>
public sealed class EpochRecord
{
    /// <summary>The epoch's number, from 1; it continues when a model is trained again.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean loss over the training samples, measured during training.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss over the validation samples after the epoch; null if there are none.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How long the epoch took, validation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training samples per second, without validation.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The metrics by name, in the same order in every record of a run: each metric, then those of the
    /// validation samples (<c>Accuracy</c>, <c>ValidationAccuracy</c>). Cmdlets show each as a property.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics() => MetricValues;

    internal IReadOnlyList<KeyValuePair<string, double>> MetricValues { get; init => field = value.ToArray(); } = [];

    /// <summary>Epoch, losses and metrics on one line.</summary>
    public override string ToString() => string.Join("  ",
        new[] { $"epoch {Epoch}", $"loss {Loss:0.0000}" }
            .Concat(ValidationLoss is { } v ? [$"validation loss {v:0.0000}"] : [])
            .Concat(MetricValues.Select(metric => $"{metric.Key} {metric.Value:0.0000}")));
}

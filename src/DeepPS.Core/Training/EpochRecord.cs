namespace DeepPS;

/// <summary>What one epoch of a run came to.</summary>
public sealed class EpochRecord
{
    /// <summary>The epoch's number, from 1; it goes on counting when a model is trained again.</summary>
    public required int Epoch { get; init; }

    /// <summary>The mean loss over the training samples, measured as they were learned from.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss over the validation samples after the epoch; null where there are none.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How long the epoch took, validation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training samples a second, without validation.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>
    /// The metrics by name, in the same order in every record of a run: each one, then the same of the validation samples
    /// (<c>Accuracy</c>, <c>ValidationAccuracy</c>). A cmdlet makes each a property.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics() => MetricValues;

    internal IReadOnlyList<KeyValuePair<string, double>> MetricValues { get; init => field = value.ToArray(); } = [];

    /// <summary>Epoch, losses and metrics on one line.</summary>
    public override string ToString() => string.Join("  ",
        new[] { $"epoch {Epoch}", $"loss {Loss:0.0000}" }
            .Concat(ValidationLoss is { } v ? [$"validation loss {v:0.0000}"] : [])
            .Concat(MetricValues.Select(metric => $"{metric.Key} {metric.Value:0.0000}")));
}

/// <summary>How well a model does on a dataset.</summary>
public sealed class Evaluation
{
    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>How many samples were measured.</summary>
    public required int Count { get; init; }

    /// <summary>The mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The metrics by name. A cmdlet makes each a property.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics() => MetricValues;

    internal IReadOnlyList<KeyValuePair<string, double>> MetricValues { get; init => field = value.ToArray(); } = [];

    /// <summary>Loss and metrics on one line.</summary>
    public override string ToString() => string.Join("  ",
        MetricValues.Select(metric => $"{metric.Key} {metric.Value:0.0000}").Prepend($"{Dataset}: {Count} samples  loss {Loss:0.0000}"));
}

/// <summary>What a model says of one sample.</summary>
/// <param name="Value">The class's name, or the number in the label's unit.</param>
/// <param name="Probability">How probable the model holds the class; null for numbers.</param>
public sealed record Prediction(object Value, double? Probability);

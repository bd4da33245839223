namespace DeepPS.Inference;

/// <summary>What a model says of one step of a series that is still to come.</summary>
/// <param name="Time">When it is.</param>
/// <param name="Group">The series; null where there is one alone.</param>
/// <param name="Prediction">The value in its own unit.</param>
public sealed record Forecast(DateTime Time, string? Group, double Prediction)
{
    /// <summary>What else the model says, by name: the quantiles of the loss Quantile, the deviation of
    /// GaussianNLL.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Further() => FurtherValues;

    internal IReadOnlyList<KeyValuePair<string, double>> FurtherValues { get; init; } = [];
}

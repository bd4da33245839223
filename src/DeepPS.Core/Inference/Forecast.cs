namespace DeepPS.Inference;

/// <summary>The prediction of one future step of a series.</summary>
/// <param name="Time">The time of the step.</param>
/// <param name="Group">The series; null if there is only one.</param>
/// <param name="Prediction">The value in its unit.</param>
public sealed record Forecast(DateTime Time, string? Group, double Prediction)
{
    /// <summary>The number of the step where the series' times are an index; null: they are points in time.</summary>
    public double? Index() => IndexValue;

    /// <summary>Further values by name: the quantiles of loss Quantile, the deviation of GaussianNLL.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Further() => FurtherValues;

    internal double? IndexValue { get; init; }

    internal IReadOnlyList<KeyValuePair<string, double>> FurtherValues { get; init; } = [];
}

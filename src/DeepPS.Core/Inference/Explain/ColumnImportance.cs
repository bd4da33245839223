namespace DeepPS.Inference;

/// <summary>The importance of a column for a model: how much worse a metric is without the column's
/// information.</summary>
public sealed class ColumnImportance
{
    private readonly double[] values;

    internal ColumnImportance(double[] values) => this.values = values;

    /// <summary>The column, or the group of columns.</summary>
    public required string Column { get; init; }

    /// <summary>The steps from a step to the end of its sequence, 1 for the last one; null for a column.</summary>
    public int? Lag { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The mean over the repeats of how much worse the metric is when the column is permuted. 0: the model
    /// does not need the column.</summary>
    public double Importance => values.Average();

    /// <summary>The standard deviation over the repeats.</summary>
    public double Deviation => Math.Sqrt(values.Average(value => Math.Pow(value - Importance, 2)));

    /// <summary>The metric with the column as it is.</summary>
    public required double Baseline { get; init; }

    /// <summary>The number of permutations.</summary>
    public int Repeats => values.Length;

    /// <summary>The importance in each repeat.</summary>
    public IReadOnlyList<double> EachRepeat() => values;

    /// <summary>Column and importance on one line.</summary>
    public override string ToString() =>
        $"{Column}{(Lag is { } lag ? $" lag {lag}" : "")}: {Metric} {Importance:0.0000} ± {Deviation:0.0000}";
}

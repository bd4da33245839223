namespace DeepPS.Models;

/// <summary>
/// A value that every epoch has besides its metrics. The record of a run, model files, checkpoints and the objects that
/// cmdlets emit all take the values and their order from <see cref="All"/>.
/// </summary>
public sealed class EpochValue
{
    private readonly Func<EpochRecord, double?> get;

    private EpochValue(string name, bool precedesMetrics, Func<EpochRecord, double?> get) =>
        (Name, PrecedesMetrics, this.get) = (name, precedesMetrics, get);

    /// <summary>All values in their order. Checkpoints depend on it: a new value goes to the end.</summary>
    public static IReadOnlyList<EpochValue> All { get; } =
    [
        new(nameof(EpochRecord.Epoch), true, record => record.Epoch),
        new(nameof(EpochRecord.Loss), true, record => record.Loss),
        new(nameof(EpochRecord.ValidationLoss), true, record => record.ValidationLoss),
        new(nameof(EpochRecord.LearningRate), false, record => record.LearningRate),
        new(nameof(EpochRecord.Seconds), false, record => record.Seconds),
        new(nameof(EpochRecord.SamplesPerSecond), false, record => record.SamplesPerSecond),
    ];

    /// <summary>The name of the property of <see cref="EpochRecord"/>.</summary>
    public string Name { get; }

    /// <summary>Whether a table shows the value before the metrics or after them.</summary>
    public bool PrecedesMetrics { get; }

    /// <summary>The value of an epoch; null if the epoch has none.</summary>
    public double? Of(EpochRecord record) => get(record);

    /// <summary>
    /// All values of an epoch in the order of a table: those before the metrics, the metrics, the rest.
    /// </summary>
    internal static IEnumerable<(string Name, double? Value)> Table(EpochRecord record)
    {
        foreach (var value in All.Where(value => value.PrecedesMetrics))
            yield return (value.Name, value.Of(record));
        foreach (var (name, value) in record.MetricValues)
            yield return (name, value);
        foreach (var value in All.Where(value => !value.PrecedesMetrics))
            yield return (value.Name, value.Of(record));
    }

    /// <summary>Makes a record of saved values.</summary>
    /// <param name="saved">Gives a value by name; NaN or null if it was not saved.</param>
    /// <param name="metrics">The metrics.</param>
    internal static EpochRecord Record(Func<string, double?> saved, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        return new EpochRecord
        {
            Epoch = (int)Get(nameof(EpochRecord.Epoch)),
            Loss = Get(nameof(EpochRecord.Loss)),
            ValidationLoss = Get(nameof(EpochRecord.ValidationLoss)) is var loss && double.IsNaN(loss) ? null : loss,
            LearningRate = Get(nameof(EpochRecord.LearningRate)),
            Seconds = Get(nameof(EpochRecord.Seconds)),
            SamplesPerSecond = Get(nameof(EpochRecord.SamplesPerSecond)),
            MetricValues = metrics,
        };

        double Get(string name) => saved(name) ?? double.NaN;
    }
}

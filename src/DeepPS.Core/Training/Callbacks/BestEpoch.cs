using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>Finds the best epoch of a training by one value of its records.</summary>
/// <param name="settings">
/// The value to watch; null: the validation loss, or, without validation samples, the loss.
/// </param>
/// <param name="metrics">The metrics of the training.</param>
internal sealed class BestEpoch(EarlyStopping? settings, IReadOnlyList<Metric> metrics)
{
    /// <summary>The best value so far; NaN before the first epoch.</summary>
    public double Value { get; set; } = double.NaN;

    /// <summary>The number of the best epoch so far; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>The name of the watched value.</summary>
    public string Name { get; private set; } = nameof(EpochRecord.Loss);

    /// <summary>Whether an epoch is better than those before.</summary>
    public bool Add(EpochRecord record)
    {
        (Name, var value, var higher) = Watched(record);
        var delta = settings?.MinimumDelta ?? 0;
        if (!double.IsNaN(Value) && !(higher ? value > Value + delta : value < Value - delta))
            return false;
        (Value, Epoch) = (value, record.Epoch);
        return true;
    }

    /// <summary>Checks that the epochs of a training will have the value to watch.</summary>
    /// <param name="monitor">The name of the value.</param>
    /// <param name="metrics">The names of the metrics' values.</param>
    /// <param name="hasValidation">Whether there are validation samples.</param>
    /// <exception cref="DlException"><c>UnknownMonitor</c>.</exception>
    public static void Check(string monitor, IEnumerable<string> metrics, bool hasValidation)
    {
        string[] losses = hasValidation ? [nameof(EpochRecord.Loss), nameof(EpochRecord.ValidationLoss)]
            : [nameof(EpochRecord.Loss)];
        string[] names = [.. losses, .. metrics];
        if (!names.Contains(monitor, StringComparer.OrdinalIgnoreCase))
            throw new DlException("UnknownMonitor", DlErrorKind.InvalidArgument,
                $"Early stopping cannot watch '{monitor}': no value of an epoch has this name. Available: "
                + $"{string.Join(", ", names)}.", monitor);
    }

    private (string Name, double Value, bool Higher) Watched(EpochRecord record)
    {
        var name = settings?.Monitor
            ?? (record.ValidationLoss is null ? nameof(record.Loss) : nameof(record.ValidationLoss));
        if (Is(nameof(record.Loss)))
            return (name, record.Loss, false);
        if (Is(nameof(record.ValidationLoss)) && record.ValidationLoss is { } loss)
            return (name, loss, false);
        var (metric, value) = record.MetricValues.First(pair => Is(pair.Key));
        return (metric, value, metrics.First(m => m.Gives(metric) || m.Gives(Bare(metric))).HigherIsBetter);

        static string Bare(string metric) =>
            metric.StartsWith("Validation", StringComparison.Ordinal) ? metric["Validation".Length..] : metric;

        bool Is(string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
    }
}

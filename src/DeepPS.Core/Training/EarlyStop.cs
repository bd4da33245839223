namespace DeepPS;

/// <summary>Watches one value of each epoch and ends a training that no longer gets better.</summary>
internal sealed class EarlyStop : IDisposable
{
    private readonly EarlyStopping settings;
    private readonly Network network;
    private readonly IReadOnlyList<Metric> metrics;
    private Snapshot? best;
    private double bestValue = double.NaN;
    private int bestEpoch;
    private int without;

    public EarlyStop(EarlyStopping settings, Network network, IReadOnlyList<Metric> metrics)
    {
        this.settings = settings;
        this.network = network;
        this.metrics = metrics;
    }

    /// <summary>Takes an epoch's record; true: stop now.</summary>
    public bool ShouldStop(EpochRecord record, Action<string>? log)
    {
        var (name, value, higher) = Watched(record);
        var better = double.IsNaN(bestValue)
            || (higher ? value > bestValue + settings.MinimumDelta : value < bestValue - settings.MinimumDelta);
        if (better)
        {
            (bestValue, bestEpoch, without) = (value, record.Epoch, 0);
            if (settings.RestoreBest)
                Keep();
            return false;
        }

        if (++without < settings.Patience)
            return false;
        log?.Invoke($"Stopped after epoch {record.Epoch}: {name} has not got better than {bestValue:0.######} since epoch {bestEpoch}.");
        return true;
    }

    /// <summary>Gives the network the parameters of its best epoch.</summary>
    public void Restore(Action<string>? log)
    {
        if (!settings.RestoreBest || best is null || without == 0)
            return;
        best.Restore();
        log?.Invoke($"The model has the parameters of epoch {bestEpoch}, its best.");
    }

    public void Dispose() => best?.Dispose();

    private void Keep()
    {
        if (best is null)
            best = new Snapshot(network.State);
        else
            best.Take();
    }

    private (string Name, double Value, bool Higher) Watched(EpochRecord record)
    {
        var name = settings.Monitor ?? (record.ValidationLoss is null ? nameof(record.Loss) : nameof(record.ValidationLoss));
        if (Is(nameof(record.Loss)))
            return (name, record.Loss, false);
        if (Is(nameof(record.ValidationLoss)) && record.ValidationLoss is { } loss)
            return (name, loss, false);
        foreach (var (metric, value) in record.MetricValues)
            if (Is(metric))
                return (metric, value, metrics.First(m => m.Gives(metric) || m.Gives(Bare(metric))).HigherIsBetter);
        throw new DlException("UnknownMonitor", DlErrorKind.InvalidArgument,
            $"Early stopping cannot watch '{name}'. An epoch has: Loss"
            + (record.ValidationLoss is null ? "" : ", ValidationLoss")
            + string.Concat(record.MetricValues.Select(metric => ", " + metric.Key)) + ".", name);

        static string Bare(string metric) => metric.StartsWith("Validation", StringComparison.Ordinal) ? metric["Validation".Length..] : metric;

        bool Is(string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
    }
}

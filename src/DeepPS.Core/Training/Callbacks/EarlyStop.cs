using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Watches one value of each epoch and ends a training that no longer improves.</summary>
internal sealed class EarlyStop : TrainingCallback, IDisposable
{
    private readonly EarlyStopping settings;
    private readonly Network network;
    private readonly IReadOnlyList<Metric> metrics;
    private readonly Action<string>? log;
    private Snapshot? best;
    private double bestValue = double.NaN;
    private int bestEpoch;
    private int without;

    public EarlyStop(EarlyStopping settings, Network network, IReadOnlyList<Metric> metrics, Action<string>? log)
    {
        this.log = log;
        this.settings = settings;
        this.network = network;
        this.metrics = metrics;
    }

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        var (name, value, higher) = Watched(record);
        var better = double.IsNaN(bestValue)
            || (higher ? value > bestValue + settings.MinimumDelta : value < bestValue - settings.MinimumDelta);
        if (better)
        {
            (bestValue, bestEpoch, without) = (value, record.Epoch, 0);
            if (settings.RestoreBest)
                Keep();
        }
        else if (++without >= settings.Patience)
        {
            session.Stop(TrainingEnd.StoppedEarly,
                $"{name} has not improved on {bestValue:0.######} since epoch {bestEpoch}");
        }
    }

    /// <summary>Gives the network the parameters of its best epoch, unless the training was interrupted.</summary>
    public override void End(TrainingSession session, TrainingEnd end)
    {
        if (end is not (TrainingEnd.Finished or TrainingEnd.StoppedEarly) || !settings.RestoreBest || best is null
            || without == 0)
            return;
        best.Restore();
        log?.Invoke($"The model has the parameters of its best epoch, {bestEpoch}.");
    }

    public void Dispose() => best?.Dispose();

    /// <summary>Saves the best value and its parameters.</summary>
    public void Save(StateBag state)
    {
        state.Put("value", bestValue);
        state.Put("epochs", bestEpoch, without);
        best?.Save(state.Part("best"));
    }

    /// <summary>Restores the values that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state)
    {
        bestValue = state.Double("value");
        var epochs = state.Longs("epochs", 2);
        (bestEpoch, without) = ((int)epochs[0], (int)epochs[1]);
        if (!settings.RestoreBest || double.IsNaN(bestValue))
            return;
        best ??= new Snapshot(network.State);
        best.Load(state.Part("best"));
    }

    private void Keep()
    {
        if (best is null)
            best = new Snapshot(network.State);
        else
            best.Take();
    }

    private (string Name, double Value, bool Higher) Watched(EpochRecord record)
    {
        var name = settings.Monitor
            ?? (record.ValidationLoss is null ? nameof(record.Loss) : nameof(record.ValidationLoss));
        if (Is(nameof(record.Loss)))
            return (name, record.Loss, false);
        if (Is(nameof(record.ValidationLoss)) && record.ValidationLoss is { } loss)
            return (name, loss, false);
        foreach (var (metric, value) in record.MetricValues)
            if (Is(metric))
                return (metric, value, metrics.First(m => m.Gives(metric) || m.Gives(Bare(metric))).HigherIsBetter);
        throw new DlException("UnknownMonitor", DlErrorKind.InvalidArgument,
            $"Early stopping cannot watch '{name}': no value of an epoch has this name. Available: Loss"
            + (record.ValidationLoss is null ? "" : ", ValidationLoss")
            + string.Concat(record.MetricValues.Select(metric => ", " + metric.Key)) + ".", name);

        static string Bare(string metric) =>
            metric.StartsWith("Validation", StringComparison.Ordinal) ? metric["Validation".Length..] : metric;

        bool Is(string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
    }
}

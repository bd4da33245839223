using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Networks;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>The parts of a training that are chosen before it begins. The run frees them.</summary>
internal sealed record TrainingSetup : IDisposable
{
    /// <summary>The training options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>
    /// The players: first that of the model, which takes its turn after the others; empty for an optimizer that takes
    /// no steps.
    /// </summary>
    public IReadOnlyList<Player> Players { get; init; } = [];

    /// <summary>Measures loss and metrics of the model.</summary>
    public required ModelMeasure Measure { get; init; }

    /// <summary>The training samples.</summary>
    public required SampleSource Training { get; init; }

    /// <summary>The validation samples, measured after each epoch; null: none.</summary>
    public SampleSource? Validation { get; init; }

    /// <summary>Draws the samples of an epoch; null: each is used once.</summary>
    public ClassDraw? Draw { get; init; }

    /// <summary>Augments batches; null: batches are used unchanged.</summary>
    public BatchAugmenter? Augmenter { get; init; }

    /// <summary>The random numbers.</summary>
    public required TrainingRandom Random { get; init; }

    /// <summary>The number of epochs that the model was trained before.</summary>
    public int EpochsBefore { get; init; }

    /// <summary>The hooks that are called after the loop's own.</summary>
    public IReadOnlyList<StepHook> Hooks { get; init; } = [];

    /// <summary>Measure more of an epoch than loss and metrics; they are hooks too.</summary>
    public IReadOnlyList<EpochMeter> Meters { get; init; } = [];

    /// <summary>The progress, which other threads read.</summary>
    public TrainingProgress Progress { get; init; } = new();

    /// <summary>Called with each decision.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Called with each warning.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Begins to look for the best epoch.</summary>
    public BestEpoch NewBest() => new(Options.EarlyStopping, Measure.Metrics);

    public void Dispose()
    {
        // The model's player is the last: its objective may own the networks of the others.
        foreach (var player in Players.Reverse())
            player.Dispose();
        foreach (var meter in Meters)
            meter.Dispose();
        Training.Dispose();
        Validation?.Dispose();
        Augmenter?.Dispose();
        Draw?.Dispose();
        Random.Dispose();
    }
}

/// <summary>Measures loss and metrics of a network over samples.</summary>
/// <param name="Network">The network.</param>
/// <param name="Loss">The loss of its output.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="Reader">Reads predictions from outputs.</param>
/// <param name="Device">The network's device.</param>
/// <param name="Threads">The number of threads.</param>
internal sealed record ModelMeasure(
    Network Network, Loss Loss, IReadOnlyList<Metric> Metrics, OutputReader Reader, Device Device, int Threads)
{
    /// <summary>Empty sums.</summary>
    public MetricSet Begin() => new(Metrics, Reader, Device);

    /// <summary>The sums over a set; if cancelled, those so far.</summary>
    public MetricSet Of(SampleSource data, CancellationToken cancel) =>
        Evaluator.Sum(Network, data, Loss, Metrics, Reader, Device, Evaluator.BatchSize, Threads, cancel);
}

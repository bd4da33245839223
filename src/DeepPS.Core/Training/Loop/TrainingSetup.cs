using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Networks;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>What a training is made of. The run frees it.</summary>
internal sealed record TrainingSetup : IDisposable
{
    /// <summary>How to train.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Who learns, in the order of their turns within a step; empty for a solver that takes no steps.</summary>
    public IReadOnlyList<Player> Players { get; init; } = [];

    /// <summary>What is measured of the model.</summary>
    public required ModelMeasure Measure { get; init; }

    /// <summary>The samples to learn from.</summary>
    public required SampleSource Training { get; init; }

    /// <summary>The samples to measure after each epoch; null: none.</summary>
    public SampleSource? Validation { get; init; }

    /// <summary>Draws the samples of an epoch; null: each comes once.</summary>
    public ClassDraw? Draw { get; init; }

    /// <summary>Changes batches by chance; null: batches stay as they are.</summary>
    public BatchAugmenter? Augmenter { get; init; }

    /// <summary>The random numbers.</summary>
    public required TrainingRandom Random { get; init; }

    /// <summary>The epochs that the model had before this training.</summary>
    public int EpochsBefore { get; init; }

    /// <summary>What takes part in each step, after the loop's own hooks.</summary>
    public IReadOnlyList<StepHook> Hooks { get; init; } = [];

    /// <summary>Shows how far the training has come.</summary>
    public TrainingProgress Progress { get; init; } = new();

    /// <summary>Told what was decided.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told what the user should look at.</summary>
    public Action<string>? Warn { get; init; }

    public void Dispose()
    {
        foreach (var player in Players)
            player.Dispose();
        Training.Dispose();
        Validation?.Dispose();
        Augmenter?.Dispose();
        Draw?.Dispose();
        Random.Dispose();
    }
}

/// <summary>Loss and metrics of a network over samples.</summary>
/// <param name="Network">The network.</param>
/// <param name="Loss">The loss of its output.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="Reader">Reads predictions from outputs.</param>
/// <param name="Device">Where the network is.</param>
/// <param name="Threads">How many threads compute.</param>
internal sealed record ModelMeasure(Network Network, Loss Loss, IReadOnlyList<Metric> Metrics, OutputReader Reader, Device Device, int Threads)
{
    /// <summary>Empty sums.</summary>
    public MetricSet Begin() => new(Metrics, Reader, Device);

    /// <summary>The sums over a set; cancelled, those so far.</summary>
    public MetricSet Of(SampleSource data, CancellationToken cancel) =>
        Evaluator.Sum(Network, data, Loss, Metrics, Reader, Device, Evaluator.BatchSize, Threads, cancel);
}

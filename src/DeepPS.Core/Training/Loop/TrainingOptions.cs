using DeepPS.Data;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>How a model is to be trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often to go through the training samples.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>How many samples a step learns from.</summary>
    [FixedOnResume]
    public int BatchSize { get; init; } = 32;

    /// <summary>How parameters follow their gradients.</summary>
    [FixedOnResume]
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>What to make small; null: cross-entropy for classes (binary for one output), squared error for numbers.</summary>
    [FixedOnResume]
    public Loss? Loss { get; init; }

    /// <summary>Whether the input itself is to be given back, whatever label the data has: an autoencoder.</summary>
    [FixedOnResume]
    public bool Reconstruct { get; init; }

    /// <summary>What to report; null: accuracy for classes, mean absolute error for numbers.</summary>
    [FixedOnResume]
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>How the learning rate changes; null: it stays.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The largest norm that the gradients of a step may have, all taken as one vector; null: any.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest number that a gradient may have, up or down; null: any.</summary>
    public double? ClipValue { get; init; }

    /// <summary>How many batches' gradients a step takes together, as if they were one batch.</summary>
    [FixedOnResume]
    public int AccumulateSteps { get; init; } = 1;

    /// <summary>
    /// Whether a batch that does not fit into memory is learned from in parts, whose gradients are added up. Numbers stay those of
    /// <see cref="BatchSize"/>, but for layers that look at a batch as a whole or draw by chance.
    /// </summary>
    public bool AutoBatchSize { get; init; }

    /// <summary>
    /// How much of the moving average of the weights is kept from step to step. Validation looks at the average, and the
    /// model has it in the end; null: there is none.
    /// </summary>
    [FixedOnResume]
    public double? AverageDecay { get; init; }

    /// <summary>What the order of the samples and the random numbers of layers and augmentations follow from.</summary>
    [FixedOnResume]
    public int Seed { get; init; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    [FixedOnResume]
    public bool Shuffle { get; init; } = true;

    /// <summary>Which samples an epoch has.</summary>
    [FixedOnResume]
    public Sampling Sampling { get; init; }

    /// <summary>How much each class counts; null: all the same.</summary>
    [FixedOnResume]
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>What changes the training samples by chance, one after the other; none: nothing does.</summary>
    [FixedOnResume]
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>When to stop before the last epoch; null: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What happens when the loss is no longer a finite number.</summary>
    public Divergence OnDivergence { get; init; }

    /// <summary>What numbers layers compute with.</summary>
    [FixedOnResume]
    public TrainingPrecision Precision { get; init; }

    /// <summary>
    /// Whether torch is held to algorithms that give the same numbers each time, on a CUDA device too, and refuses what has none.
    /// </summary>
    [FixedOnResume]
    public bool Deterministic { get; init; }

    /// <summary>Where to train: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>auto</c>; null: where the model is.</summary>
    public string? Device { get; init; }

    /// <summary>How many processor threads to use; null: one for each core.</summary>
    public int? Threads { get; init; }
}

/// <summary>Which samples an epoch has; always as many as there are.</summary>
public enum Sampling
{
    /// <summary>Each sample once.</summary>
    Each,

    /// <summary>Samples drawn at random, with replacement, so that classes come equally often: those of rare classes several times.</summary>
    Balanced,
}

/// <summary>When to stop a training that no longer gets better.</summary>
/// <param name="Patience">After how many epochs without a better value.</param>
/// <param name="MinimumDelta">How much better a value must be to count.</param>
/// <param name="RestoreBest">Whether the model gets back the parameters of its best epoch.</param>
/// <param name="Monitor">The value: <c>ValidationLoss</c>, <c>Loss</c> or a metric's name; null: the validation loss where there is one.</param>
public sealed record EarlyStopping(int Patience, double MinimumDelta = 0, bool RestoreBest = true, string? Monitor = null);

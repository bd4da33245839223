using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>The settings of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>The number of passes over the training samples.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The number of samples in a batch.</summary>
    [FixedOnResume]
    public int BatchSize { get; init; } = 32;

    /// <summary>The optimizer.</summary>
    [FixedOnResume]
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>The loss; null: cross-entropy for classes (binary for one output), squared error for numbers.</summary>
    [FixedOnResume]
    public Loss? Loss { get; init; }

    /// <summary>Whether the model learns to reproduce its input, whatever label the data has: an autoencoder.</summary>
    [FixedOnResume]
    public bool Reconstruct { get; init; }

    /// <summary>The metrics; null: accuracy for classes, mean absolute error for numbers.</summary>
    [FixedOnResume]
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>The learning rate schedule; null: the learning rate is constant.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// The factor on the learning rate from each layer with parameters to the one before it; null: 1 for all layers.
    /// A layer with a learning rate of its own keeps it.
    /// </summary>
    [FixedOnResume]
    public double? LayerDecay { get; init; }

    /// <summary>The largest norm of the gradients of a step, all taken as one vector; null: no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest absolute value in a gradient; null: no limit.</summary>
    public double? ClipValue { get; init; }

    /// <summary>The number of batches whose gradients a step adds up, as if they were one batch.</summary>
    [FixedOnResume]
    public int AccumulateSteps { get; init; } = 1;

    /// <summary>
    /// Whether a batch that does not fit into memory is cut into parts, whose gradients are added up. Results stay
    /// those of <see cref="BatchSize"/>, except for layers that use the batch as a whole or draw random numbers.
    /// </summary>
    public bool AutoBatchSize { get; init; }

    /// <summary>
    /// The fraction of the moving average of the weights that is kept in each step. Validation uses the average, and
    /// the trained model has it; null: no average.
    /// </summary>
    [FixedOnResume]
    public double? AverageDecay { get; init; }

    /// <summary>The seed of the order of the samples and of the random numbers of layers and augmentations.</summary>
    [FixedOnResume]
    public int Seed { get; init; }

    /// <summary>Whether each epoch uses the samples in a new random order.</summary>
    [FixedOnResume]
    public bool Shuffle { get; init; } = true;

    /// <summary>How the samples of an epoch are chosen.</summary>
    [FixedOnResume]
    public Sampling Sampling { get; init; }

    /// <summary>The number of classes in a batch with <see cref="Sampling.Episode"/>.</summary>
    [FixedOnResume]
    public int Way { get; init; } = 5;

    /// <summary>The weight of each class in the loss; null: all the same.</summary>
    [FixedOnResume]
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>The random augmentations of the training samples, applied in this order.</summary>
    [FixedOnResume]
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>The settings of a training that learns from teachers too; null: it does not.</summary>
    [FixedOnResume]
    public DistillationOptions? Distillation { get; init; }

    /// <summary>The settings of a generative adversarial training; null: it is another one.</summary>
    [FixedOnResume]
    public GanOptions? Gan { get; init; }

    /// <summary>
    /// The attack that changes each batch before it is learned, so that the model withstands it; null: none.
    /// </summary>
    [FixedOnResume]
    public Attack? Adversarial { get; init; }

    /// <summary>When to stop before the last epoch; null: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How the training reacts when the loss is no longer finite.</summary>
    public Divergence OnDivergence { get; init; }

    /// <summary>The type of numbers that layers compute with.</summary>
    [FixedOnResume]
    public TrainingPrecision Precision { get; init; }

    /// <summary>
    /// Whether torch uses only deterministic algorithms, on a CUDA device too, and fails where it has none.
    /// </summary>
    [FixedOnResume]
    public bool Deterministic { get; init; }

    /// <summary>The device: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>; null: the model's.</summary>
    public string? Device { get; init; }

    /// <summary>The number of processor threads; null: one for each core.</summary>
    public int? Threads { get; init; }
}

/// <summary>How the samples of an epoch are chosen. Their number is always that of the training samples.</summary>
public enum Sampling
{
    /// <summary>Each sample once.</summary>
    Each,

    /// <summary>Samples are drawn at random with replacement so that all classes are equally frequent.</summary>
    Balanced,

    /// <summary>Each batch has the same number of different samples of each of a few classes, drawn at random: for
    /// losses that compare embeddings.</summary>
    Episode,
}

/// <summary>When to stop a training that no longer improves.</summary>
/// <param name="Patience">The number of epochs without improvement after which training stops.</param>
/// <param name="MinimumDelta">The smallest change that counts as an improvement.</param>
/// <param name="RestoreBest">Whether the model gets the parameters of its best epoch at the end.</param>
/// <param name="Monitor">
/// The value to watch: <c>ValidationLoss</c>, <c>Loss</c> or a metric's name; null: the validation loss, or, without
/// validation samples, the loss.
/// </param>
public sealed record EarlyStopping(
    int Patience, double MinimumDelta = 0, bool RestoreBest = true, string? Monitor = null);

using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <content>The options that the parameters make.</content>
public sealed partial class InvokeDlTrainingCommand
{
    private TrainingOptions Options() => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Optimizer = LearningRate is { } rate ? WithRate(Optimizer, rate) : Optimizer,
        Loss = Loss,
        Reconstruct = Reconstruct,
        Metrics = Metric,
        Schedule = Schedule,
        LayerDecay = LayerDecay,
        ClipNorm = ClipNorm,
        ClipValue = ClipValue,
        AccumulateSteps = AccumulateSteps,
        AutoBatchSize = AutoBatchSize,
        AverageDecay = AverageDecay,
        Seed = Seed,
        Shuffle = !NoShuffle,
        Sampling = Sampling,
        Way = Way,
        ClassWeights = ClassWeight,
        Augmentations = Augmentation,
        Adversarial = Adversarial,
        EarlyStopping = Patience is { } epochs
            ? new EarlyStopping(epochs, MinimumDelta, !NoRestoreBest, Monitor) : null,
        Distillation = Distillation(),
        OnDivergence = OnDivergence,
        Precision = Precision,
        Deterministic = Deterministic,
        Device = Device,
        Threads = Threads,
    };

    private static Optimizer WithRate(Optimizer optimizer, double rate) => optimizer is GradientOptimizer rule
        ? rule with { LearningRate = rate }
        : throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
            $"Optimizer {optimizer.Entry.Name} takes no steps and has no learning rate. Omit -LearningRate.",
            optimizer);
}

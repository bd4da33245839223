using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Search;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Train a model and return a record of each epoch as it ends.</summary>
/// <remarks>
/// The model object itself is trained. Ctrl+C ends the training after the current step and leaves the model in its
/// state at that step. If the data is a split, its validation part is measured after each epoch. The default loss
/// depends on the kind of the label. The same seed, machine and number of threads give the same numbers; on a CUDA
/// device this needs -Deterministic.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 20 -Optimizer Adam | Export-Csv run.csv</code>
/// <para>Trains for twenty epochs and writes a row for each to a file.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 100 -Patience 5 -ClassWeight Balanced -Verbose</code>
/// <para>Stops when the validation loss has not improved for five epochs, and restores the best parameters.</para>
/// </example>
/// <example>
/// <code>$rotation = New-DlAugmentation Rotation 10
/// $model | Invoke-DlTraining -Data $images -Augmentation Flip, RandomCrop, $rotation</code>
/// <para>Trains on randomly flipped, shifted and rotated images.</para>
/// </example>
/// <example>
/// <code>$sgd = New-DlOptimizer SGD 0.1 -Momentum 0.9
/// $model | Invoke-DlTraining -Data $split -Optimizer $sgd -PassThru | Export-DlModel ./m.dlmodel</code>
/// <para>Passes the trained model on to another command.</para>
/// </example>
/// <example>
/// <code>$decay = { param($step) 1 / (1 + $step / 1000) }
/// $model | Invoke-DlTraining -Data $split -Schedule $decay -ClipNorm 1 -AverageDecay 0.999</code>
/// <para>Computes the learning rate in a script block, clips gradients, and ends with an average of the weights.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Device cuda -Precision Mixed -Deterministic</code>
/// <para>Multiplies in bfloat16, and gives the same numbers in each run.</para>
/// </example>
/// <example>
/// <code>$null = $model | Invoke-DlTraining -Data $split -Epochs 100 -CheckpointPath ./night -Resume -MaxTime 8h
/// Exit-DlRun</code>
/// <para>A run for a scheduler: after a reboot it continues from its checkpoint. The file ./night/epochs.csv has each
/// epoch once; output to Export-Csv -Append would have the epochs since the last checkpoint twice. The script's exit
/// code is 0 when the training is finished and 75 when it is not.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $images -BatchSize 256 -AutoBatchSize -Device cuda -Verbose</code>
/// <para>Takes steps of 256 images, split into as many parts as the GPU's memory needs.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlTraining")]
[OutputType(typeof(EpochRecord), typeof(Model), typeof(TrainingEstimate))]
public sealed class InvokeDlTrainingCommand : TrainingCmdlet
{
    /// <summary>Smallest positive value accepted.</summary>
    private const double Smallest = 1e-30;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to train on: a split or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>Number of passes over the training samples.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epochs { get; set; } = 10;

    /// <summary>Number of samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>The optimizer: an object from New-DlOptimizer, or a name.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    [ValidateNotNull]
    public Optimizer Optimizer { get; set; } = new Adam();

    /// <summary>The learning rate, which replaces the optimizer's. Default: the optimizer's learning rate.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? LearningRate { get; set; }

    /// <summary>
    /// Trains the model to reconstruct its input (an autoencoder), whatever label the data has. Data without a label
    /// implies it.
    /// </summary>
    [Parameter]
    public SwitchParameter Reconstruct { get; set; }

    /// <summary>
    /// The loss: an object from New-DlLoss, or a name. Default: cross-entropy for classes, squared error for numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>
    /// The metrics to report for each epoch besides the loss. Default: accuracy for classes, mean absolute error for
    /// numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>
    /// The schedule of the learning rate: an object from New-DlSchedule, a name, or a script block that returns the
    /// factor on the learning rate. The script block gets the step's number from 0, the steps per epoch and the steps
    /// of the run: { param($step, $stepsPerEpoch, $totalSteps) ... }. Default: a constant learning rate.
    /// </summary>
    [Parameter]
    [CatalogItem<Schedule>]
    [ArgumentCompleter(typeof(CatalogCompleter<Schedule>))]
    public Schedule? Schedule { get; set; }

    /// <summary>
    /// The largest norm of a step's gradients, taken as one vector; larger ones are scaled down. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipNorm { get; set; }

    /// <summary>
    /// The largest absolute value of a gradient's elements; larger ones are clipped, before -ClipNorm. Default: no
    /// limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipValue { get; set; }

    /// <summary>
    /// Number of batches whose gradients are added up for one step, as if they were one batch; saves memory.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int AccumulateSteps { get; set; } = 1;

    /// <summary>
    /// Splits a batch into 2, 4, 8, ... parts if it does not fit into memory: as few as possible, found before the
    /// first step, and more if a later step runs out of memory. The parts' gradients are added up, so that a step
    /// equals one of -BatchSize, except for layers that use the whole batch (BatchNorm) and the random numbers of
    /// Dropout.
    /// </summary>
    [Parameter]
    public SwitchParameter AutoBatchSize { get; set; }

    /// <summary>
    /// The decay per step of a moving average of the weights, usually 0.99 to 0.9999. Validation uses the average, and
    /// the model gets it at the end. Default: no average.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? AverageDecay { get; set; }

    /// <summary>The seed of the samples' order and of the random numbers of layers and augmentations.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// The weight of each class in the loss: Balanced, or a hashtable of weights by class name. Default: all classes
    /// have weight 1.
    /// </summary>
    [Parameter]
    [ClassWeightConversion]
    [ArgumentCompleter(typeof(ClassWeightCompleter))]
    public ClassWeights? ClassWeight { get; set; }

    /// <summary>
    /// Random changes to the training samples, applied in order: objects from New-DlAugmentation, or names. Validation
    /// uses the unchanged samples. Default: none.
    /// </summary>
    [Parameter]
    [CatalogItem<Augmentation>]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public Augmentation[] Augmentation { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The samples of an epoch: Each of them once, or Balanced: the same number, drawn with replacement so that all
    /// classes are equally frequent.
    /// </summary>
    [Parameter]
    public Sampling Sampling { get; set; }

    /// <summary>
    /// Number of epochs without improvement of the -Monitor value after which training stops. Default: no early
    /// stopping.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Patience { get; set; }

    /// <summary>The smallest change that counts as an improvement, with -Patience.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double MinimumDelta { get; set; }

    /// <summary>
    /// The value that -Patience monitors: Loss, ValidationLoss or the name of a metric. Default: the validation loss;
    /// the loss without validation data.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MonitorCompleter))]
    public string? Monitor { get; set; }

    /// <summary>
    /// Keeps the parameters of the last epoch when -Patience ends the training, instead of restoring the best ones.
    /// </summary>
    [Parameter]
    public SwitchParameter NoRestoreBest { get; set; }

    /// <summary>
    /// What to do when the loss, the validation loss or a parameter is not a finite number: Stop with an error, or
    /// Recover: restore the last good parameters and continue with half the learning rate, up to ten times. If
    /// validation detects it, the epoch is repeated.
    /// </summary>
    [Parameter]
    public Divergence OnDivergence { get; set; }

    /// <summary>
    /// The number format of the layers: Float32, BFloat16, or Mixed: bfloat16 in matrix products and convolutions,
    /// float32 in normalisations and softmax. Weights, losses, metrics, predictions and saved models are always
    /// float32. bfloat16 is faster on devices that support it and slower on CPUs that do not; compare with -DryRun.
    /// </summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Uses only torch algorithms that give the same numbers each time, also on a CUDA device, where they may be
    /// slower; an operation without one is an error. On the CPU, the same seed and number of threads give the same
    /// numbers without it.
    /// </summary>
    [Parameter]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>The device to train on: cpu, cuda, cuda:1 or auto. Default: the model's device.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>
    /// Number of CPU threads. A different number may change the last digits of results. Default: one per core.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Threads { get; set; }

    /// <summary>Keeps the samples in the same order in every epoch.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>
    /// The folder of this training's checkpoints, which hold everything but the data to resume it. One training at a
    /// time can use it. Default: no checkpoints.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Resumes from the newest checkpoint in -CheckpointPath, if there is one, also in the middle of an epoch. The
    /// final weights equal those of an uninterrupted training. Scripts can always set it. If all checkpoints are
    /// damaged, it is an error.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>
    /// Runs a few steps and returns the estimated time and memory of the training. The model is unchanged and nothing
    /// is written.
    /// </summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>
    /// Trains in a job: Receive-Job returns the epochs, Stop-Job ends it with a last checkpoint. Script blocks, also
    /// those of -Callback, are copied as by Start-ThreadJob: they see variables of the session only through $using:.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    private protected override bool Trains => !DryRun;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var data = ModelSource.TrainingData(Data);
        if (AsJob)
            WriteObject(TrainingJob.Start(this, Model, Outcome));
        else if (DryRun)
            WriteObject(Work(cancel => TrainingEstimate.Of(
                Model, Options(), data.Train, data.Validation, data.Plan, cancel: cancel)));
        else
            Train(Model, Options(), data.Train, data.Validation, data.Plan);
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Patience is null)
            foreach (var name in new[] { nameof(Monitor), nameof(MinimumDelta), nameof(NoRestoreBest) }.Where(Given))
                WriteWarning($"-{name} has no effect without -Patience.");
    }

    private protected override CheckpointOptions? Checkpoints()
    {
        var every = CheckpointInterval.Parse(CheckpointEvery);
        if (CheckpointPath is not null)
            return new CheckpointOptions(this.ResolveTarget(CheckpointPath))
            {
                Every = every,
                Keep = Keep,
                Resume = Resume,
            };
        return !Resume ? null : throw new DlException("NoCheckpointPath", DlErrorKind.InvalidArgument,
            "-Resume needs the folder of the checkpoints. Add -CheckpointPath.");
    }

    private TrainingOptions Options() => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Optimizer = LearningRate is { } rate ? WithRate(Optimizer, rate) : Optimizer,
        Loss = Loss,
        Reconstruct = Reconstruct,
        Metrics = Metric,
        Schedule = Schedule,
        ClipNorm = ClipNorm,
        ClipValue = ClipValue,
        AccumulateSteps = AccumulateSteps,
        AutoBatchSize = AutoBatchSize,
        AverageDecay = AverageDecay,
        Seed = Seed,
        Shuffle = !NoShuffle,
        Sampling = Sampling,
        ClassWeights = ClassWeight,
        Augmentations = Augmentation,
        EarlyStopping = Patience is { } epochs
            ? new EarlyStopping(epochs, MinimumDelta, !NoRestoreBest, Monitor) : null,
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

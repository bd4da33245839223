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

/// <summary>Trains a model and gives a record of each epoch as it ends.</summary>
/// <remarks>
/// The model itself learns; it is the same object afterwards. Ctrl+C ends the training after the step under way and leaves
/// the model as of that step. With a split as data, its validation part is looked at after each epoch. The loss is chosen by
/// the label's kind where none is named. The same seed, machine and number of threads give the same numbers; on a CUDA device
/// with -Deterministic.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 20 -Optimizer Adam | Export-Csv run.csv</code>
/// <para>Trains for twenty epochs and keeps a row of each in a file.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 100 -Patience 5 -ClassWeight Balanced -Verbose</code>
/// <para>Stops when the validation loss has not become better for five epochs, and gives the model its best parameters back.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $images -Augmentation Flip, RandomCrop, (New-DlAugmentation Rotation 10)</code>
/// <para>Learns from images that are flipped, shifted and turned by chance.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Optimizer (New-DlOptimizer SGD 0.1 -Momentum 0.9) -PassThru | Export-DlModel ./m.dlmodel</code>
/// <para>Passes the trained model on.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Schedule { param($step) 1 / (1 + $step / 1000) } -ClipNorm 1 -AverageDecay 0.999</code>
/// <para>Lets a script block say how the learning rate falls, keeps gradients small, and ends with an average of the weights.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Device cuda -Precision Mixed -Deterministic</code>
/// <para>Multiplies in bfloat16, and gives the same numbers when it is run again.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 100 -CheckpointPath ./night -Resume -MaxTime 08:00:00 | Export-Csv -Append epochs.csv; Exit-DlRun</code>
/// <para>A run for a scheduler: started again after a reboot, it goes on where it was. The script ends with 0 when all is done, with 75 when there is more to do.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $images -BatchSize 256 -AutoBatchSize -Device cuda -Verbose</code>
/// <para>Takes steps of 256 images, in as many parts as the card's memory asks for.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlTraining")]
[OutputType(typeof(EpochRecord), typeof(Model), typeof(TrainingEstimate))]
public sealed class InvokeDlTrainingCommand : TrainingCmdlet
{
    /// <summary>What is above 0.</summary>
    private const double Smallest = 1e-30;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>What to learn from: a split, or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>How often to go through the training samples.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epochs { get; set; } = 10;

    /// <summary>How many samples a step learns from.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>How parameters follow their gradients: an object from New-DlOptimizer, or a bare name.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    public Optimizer Optimizer { get; set; } = new Adam();

    /// <summary>How far one step goes, in place of the optimizer's own.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double LearningRate { get; set; }

    /// <summary>Learns to give the input back, whatever label the data has: an autoencoder. Data without a label is learned so by itself.</summary>
    [Parameter]
    public SwitchParameter Reconstruct { get; set; }

    /// <summary>What to make small. Without it: cross-entropy for classes, squared error for numbers.</summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>What to report of each epoch besides the loss. Without it: accuracy for classes, mean absolute error for numbers.</summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>
    /// How the learning rate changes: an object from New-DlSchedule, a bare name, or a script block that gives the factor on
    /// the learning rate. It gets the step's number, from 0, the steps of an epoch and those of the run:
    /// { param($step, $stepsPerEpoch, $totalSteps) ... }.
    /// </summary>
    [Parameter]
    [CatalogItem<Schedule>]
    [ArgumentCompleter(typeof(CatalogCompleter<Schedule>))]
    public Schedule? Schedule { get; set; }

    /// <summary>The largest norm of a step's gradients, all taken as one vector; larger ones are made shorter.</summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double ClipNorm { get; set; }

    /// <summary>The largest number in a gradient, up or down; larger ones are cut off. It comes before -ClipNorm.</summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double ClipValue { get; set; }

    /// <summary>How many batches' gradients a step takes together, as if they were one batch: for less memory.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int AccumulateSteps { get; set; } = 1;

    /// <summary>
    /// Learns from each batch in 2, 4, 8, ... parts where a whole one does not fit into memory: as few as fit, tried before the first
    /// step, and more where a later step runs out. The parts' gradients are added up: a step is that of -BatchSize, but for layers
    /// that look at a batch as a whole (BatchNorm), and the chance of Dropout.
    /// </summary>
    [Parameter]
    public SwitchParameter AutoBatchSize { get; set; }

    /// <summary>
    /// Keeps a moving average of the weights, of which so much stays from step to step (0.99 to 0.9999). Validation looks at
    /// the average, and the model has it in the end.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double AverageDecay { get; set; }

    /// <summary>What the order of the samples and the random numbers of layers and augmentations follow from.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>How much each class counts: Balanced, or a hashtable of weights by class name.</summary>
    [Parameter]
    [ClassWeightConversion]
    public ClassWeights? ClassWeight { get; set; }

    /// <summary>
    /// What changes the training samples by chance, one after the other: objects from New-DlAugmentation, or bare names.
    /// Validation sees the samples as they are.
    /// </summary>
    [Parameter]
    [CatalogItem<Augmentation>]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public Augmentation[] Augmentation { get; set; } = [];

    /// <summary>
    /// Which samples an epoch has: Each of them once, or Balanced: as many, drawn at random and with replacement so that
    /// classes come equally often.
    /// </summary>
    [Parameter]
    public Sampling Sampling { get; set; }

    /// <summary>Stops after so many epochs without a better value of what is monitored.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Patience { get; set; }

    /// <summary>How much better a value must be to count as better; with -Patience.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double MinimumDelta { get; set; }

    /// <summary>The value that -Patience looks at: Loss, ValidationLoss or a metric's name. Without it: the validation loss, or the loss.</summary>
    [Parameter]
    public string? Monitor { get; set; }

    /// <summary>Keeps the parameters of the last epoch when -Patience ends the training, not those of the best.</summary>
    [Parameter]
    public SwitchParameter NoRestoreBest { get; set; }

    /// <summary>
    /// What happens when the loss, the validation's loss or a parameter is no longer a finite number: Stop with an error, or Recover: go
    /// back to the last good parameters and on from there with half the learning rate, up to ten times. An epoch whose validation
    /// shows it is done again.
    /// </summary>
    [Parameter]
    public Divergence OnDivergence { get; set; }

    /// <summary>
    /// What numbers layers compute with: Float32; BFloat16; or Mixed: bfloat16 in matrix products and convolutions, float32 in
    /// normalisations and softmax. The weights that learn, the loss, metrics, predictions and what is saved are float32 in all of
    /// them. bfloat16 is faster on devices that compute with it, and slower on processors that do not; -DryRun tells.
    /// </summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Holds torch to algorithms that give the same numbers each time, on a CUDA device too, where they may be slower; what has none is
    /// an error. On the CPU the same seed and number of threads give the same numbers without it too.
    /// </summary>
    [Parameter]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>Where to train: cpu, cuda, cuda:1 or auto. Without it: where the model is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>Number of processor threads. Default: one for each core. With another number the last digits of results may differ.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int Threads { get; set; }

    /// <summary>Keeps the samples in their order in every epoch.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>The folder of this training's checkpoints: all that going on needs but the data. One training at a time writes there.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Goes on from the newest checkpoint in -CheckpointPath, where there is one: in the middle of an epoch, to the same weights
    /// as if training had never stopped. A script may always say so.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>
    /// Tries a few steps and gives what the training would take: time and memory. The model is as before afterwards, and nothing
    /// is written.
    /// </summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>
    /// Trains in a job: Receive-Job gives the epochs as they come, Stop-Job ends it with its last checkpoint. Script blocks, those of
    /// -Callback too, are made anew there, as Start-ThreadJob does: they see the session's variables through $using: alone.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TrainingData(Data);
        if (AsJob)
            WriteObject(TrainingJob.Start(this, Model));
        else if (DryRun)
            WriteObject(Work(cancel => TrainingEstimate.Of(Model, Options(), data.Train, data.Validation, data.Plan, cancel: cancel)));
        else
            Train(Model, Options(), data.Train, data.Validation, data.Plan);
    }

    private protected override CheckpointOptions? Checkpoints() => CheckpointPath is not null
        ? new CheckpointOptions(this.ResolveTarget(CheckpointPath)) { Every = CheckpointInterval.Parse(CheckpointEvery), Keep = Keep, Resume = Resume }
        : !Resume ? null : throw new DlException("NoCheckpointPath", DlErrorKind.InvalidArgument,
            "-Resume goes on from the checkpoints in -CheckpointPath; name their folder.");

    private TrainingOptions Options() => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Optimizer = Given(nameof(LearningRate)) ? WithRate(Optimizer) : Optimizer,
        Loss = Loss,
        Reconstruct = Reconstruct,
        Metrics = Metric,
        Schedule = Schedule,
        ClipNorm = Given(nameof(ClipNorm)) ? ClipNorm : null,
        ClipValue = Given(nameof(ClipValue)) ? ClipValue : null,
        AccumulateSteps = AccumulateSteps,
        AutoBatchSize = AutoBatchSize,
        AverageDecay = Given(nameof(AverageDecay)) ? AverageDecay : null,
        Seed = Seed,
        Shuffle = !NoShuffle,
        Sampling = Sampling,
        ClassWeights = ClassWeight,
        Augmentations = Augmentation,
        EarlyStopping = Given(nameof(Patience)) ? new EarlyStopping(Patience, MinimumDelta, !NoRestoreBest, Monitor) : null,
        OnDivergence = OnDivergence,
        Precision = Precision,
        Deterministic = Deterministic,
        Device = Device,
        Threads = Given(nameof(Threads)) ? Threads : null,
    };

    private Optimizer WithRate(Optimizer optimizer) => optimizer is GradientOptimizer rule
        ? rule with { LearningRate = LearningRate }
        : throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
            $"Optimizer {optimizer.Entry.Name} takes no steps: it has no learning rate. Leave -LearningRate out.", optimizer);
}

using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Search;

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
/// <code>$small | Invoke-DlTraining -Data $split -Teacher $big1, $big2 -Temperature 4 -TeacherWeight 0.9</code>
/// <para>Trains a small model to give the outputs of two large ones besides the labels.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $images -BatchSize 256 -AutoBatchSize -Device cuda -Verbose</code>
/// <para>Takes steps of 256 images, split into as many parts as the GPU's memory needs.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlTraining")]
[OutputType(typeof(EpochRecord), typeof(Model), typeof(TrainingEstimate))]
public sealed partial class InvokeDlTrainingCommand : StartTrainingCmdlet
{
    /// <summary>Smallest positive value accepted.</summary>
    private const double Smallest = 1e-30;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to train on: a split or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    private protected override bool Trains => !DryRun;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var data = ModelSource.TrainingData(Data);
        if (AsJob)
            WriteObject(TrainingJob.Start(this, Model, Schedule, nameof(Model)));
        else if (DryRun)
            WriteObject(Work(cancel => TrainingEstimate.Of(
                Model, Options(), data.Train, data.Validation, data.Plan, cancel: cancel, teachers: Teachers())));
        else
            Train(Model, Options(), data.Train, data.Validation, data.Plan, teachers: Teachers());
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Patience is null)
            foreach (var name in new[] { nameof(Monitor), nameof(MinimumDelta), nameof(NoRestoreBest) }.Where(Given))
                WriteWarning($"-{name} has no effect without -Patience.");
    }
}

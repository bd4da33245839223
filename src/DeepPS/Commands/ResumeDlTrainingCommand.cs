using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Goes on with a training from its checkpoints; it needs nothing but their folder and the data.</summary>
/// <remarks>
/// The model, the settings and the random numbers are those of the checkpoint. The weights in the end are those of a training
/// that never stopped, to the bit, on the same machine with the same threads. A damaged checkpoint is passed over for the one
/// before it, with a warning.
/// </remarks>
/// <example>
/// <code>Resume-DlTraining ./night -Data $split -PassThru | Export-DlModel ./m.dlmodel</code>
/// <para>Goes on where a training was interrupted, and keeps the model.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "DlTraining")]
[OutputType(typeof(EpochRecord), typeof(Model))]
public sealed class ResumeDlTrainingCommand : TrainingCmdlet
{
    /// <summary>The folder of the checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <summary>The data that the training began with: a split, or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public object Data { get; set; } = null!;

    /// <summary>How often to go through the training samples in all; without it, as often as was said at first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epochs { get; set; }

    /// <inheritdoc/>
    protected override object Input => Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TrainingData(Data);
        var (model, options) = Work(_ => TrainingResume.From(this.ResolveTarget(Path)));
        Train(model, Given(nameof(Epochs)) ? options with { Epochs = Epochs } : options, data.Train, data.Validation, data.Plan);
    }

    private protected override CheckpointOptions Checkpoints() =>
        new(this.ResolveTarget(Path)) { Every = CheckpointInterval.Parse(CheckpointEvery), Keep = Keep, Resume = true };
}

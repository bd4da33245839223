using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Resume a training from the folder of its checkpoints and its data.</summary>
/// <remarks>
/// The model, the settings and the state of the random numbers are read from the checkpoint. The final weights equal
/// those of an uninterrupted training to the bit, on the same machine with the same number of threads. A damaged
/// checkpoint is skipped for the previous one, with a warning.
/// </remarks>
/// <example>
/// <code>Resume-DlTraining ./night -Data $split -PassThru | Export-DlModel ./m.dlmodel</code>
/// <para>Resumes an interrupted training and saves the model.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "DlTraining")]
[OutputType(typeof(EpochRecord), typeof(Model))]
public sealed class ResumeDlTrainingCommand : TrainingCmdlet
{
    /// <summary>The folder of the checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <summary>The data that the training started with: a split or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public object Data { get; set; } = null!;

    /// <summary>
    /// Number of passes over the training samples in total, including those already done. Default: the number that the
    /// training started with.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Epochs { get; set; }

    /// <inheritdoc/>
    protected override object Input => Path;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var data = ModelSource.TrainingData(Data);
        var (model, options) = Work(_ => TrainingResume.From(this.ResolveTarget(Path)));
        var wanted = Epochs is { } epochs ? options with { Epochs = epochs } : options;
        Train(model, wanted, data.Train, data.Validation, data.Plan);
    }

    private protected override CheckpointOptions Checkpoints() => new(this.ResolveTarget(Path))
    {
        Every = CheckpointInterval.Parse(CheckpointEvery),
        Keep = Keep,
        Resume = true,
    };
}

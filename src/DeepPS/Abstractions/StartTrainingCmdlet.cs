using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>Base of commands that start a training, or continue it with -Resume.</summary>
public abstract class StartTrainingCmdlet : TrainingCmdlet
{
    /// <summary>
    /// What to do when the loss, the validation loss or a parameter is not a finite number: Stop with an error, or
    /// Recover: restore the last good parameters and continue with half the learning rate, up to ten times. If
    /// validation detects it, the epoch is repeated.
    /// </summary>
    [Parameter]
    public Divergence OnDivergence { get; set; }

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
    /// Trains in a job: Receive-Job returns the epochs, Stop-Job ends it with a last checkpoint. Script blocks, also
    /// those of -Callback, are copied as by Start-ThreadJob: they see variables of the session only through $using:.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override CheckpointOptions? Checkpoints()
    {
        if (CheckpointPath is not null)
            return new CheckpointOptions(this.ResolveTarget(CheckpointPath))
            {
                Every = CheckpointInterval.Parse(CheckpointEvery),
                Keep = Keep,
                Resume = Resume,
            };
        return !Resume ? null : throw new DlException("NoCheckpointPath", DlErrorKind.InvalidArgument,
            "-Resume needs the folder of the checkpoints. Add -CheckpointPath.");
    }
}

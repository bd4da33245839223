using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <content>The parameters that all trainings have: checkpoints, limits, callbacks, records.</content>
public abstract partial class TrainingCmdlet
{
    private const string RunsVariable = "DEEPPS_RUNS";
    private const string RunsFolder = "runs";

    /// <summary>The default folder of runs.</summary>
    internal static string DefaultRuns => Environment.GetEnvironmentVariable(RunsVariable) ?? RunsFolder;

    /// <summary>How often to write a checkpoint, besides the one at the end: 1epoch, 500step, 10min.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string CheckpointEvery { get; set; } = "1epoch";

    /// <summary>Number of checkpoints to keep, the newest. The best epoch is kept besides.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Keep { get; set; } = 3;

    /// <summary>
    /// The time limit, such as 02:00:00, 90s, 30min or 8h. The training then ends after a step, with a checkpoint, and
    /// can be resumed. Default: no limit.
    /// </summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>
    /// Number of samples to train on at most, over all epochs. The training then counts as finished. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxSamples { get; set; }

    /// <summary>
    /// A file whose appearance ends the training, with a checkpoint; it can be resumed. It must not exist at the
    /// beginning. Default: no file is watched.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StopFile { get; set; }

    /// <summary>
    /// A signal that ends the training with a checkpoint, besides SIGTERM, SIGINT and SIGHUP: the early warning of a
    /// scheduler, such as SIGUSR1, which Windows does not have. Default: no further signal.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StopSignal { get; set; }

    /// <summary>
    /// A script block called after each epoch with its record: { param($record) ... }. The training ends if its last
    /// output is $false; other output is discarded. Default: none.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// A script block called after each batch: { param($training) ... }. $training has Epoch, Step, TotalSteps,
    /// LearningRate and Loss. The training ends if its last output is $false. Default: none.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnBatch { get; set; }

    /// <summary>Callbacks from New-DlCallback. Default: none.</summary>
    [Parameter]
    public TrainingCallback[] Callback { get; set => field = [.. (value ?? []).OfType<TrainingCallback>()]; } = [];

    /// <summary>
    /// The folder in which each run gets a directory with its settings, versions, epochs and log. With checkpoints, the
    /// record is written to their folder instead. Default: the environment variable DEEPPS_RUNS, or ./runs.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunPath { get; set; }

    /// <summary>Writes no record of the run.</summary>
    [Parameter]
    public SwitchParameter NoRecord { get; set; }

    /// <summary>Returns the trained model instead of the epochs' records.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}

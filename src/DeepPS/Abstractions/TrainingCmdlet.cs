using System.Collections;
using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// Base of commands that train: checkpoints, the run's record, callbacks and early ends, and the training itself on its
/// own thread with progress.
/// </summary>
public abstract class TrainingCmdlet : WorkCmdlet
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
    /// scheduler, such as SIGUSR1. Default: no further signal.
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

    /// <summary>The result of this command, for the exit code of the script.</summary>
    internal RunOutcome Outcome { get; private set; } = new();

    /// <summary>Whether the command trains: its result is then that of the script.</summary>
    private protected virtual bool Trains => true;

    /// <summary>With checkpoints, waits until the last one is written.</summary>
    protected override TimeSpan PatienceAtStop => Checkpoints() is null ? base.PatienceAtStop : TimeSpan.FromMinutes(1);

    /// <summary>Options of the checkpoints; null for a training without.</summary>
    private protected abstract CheckpointOptions? Checkpoints();

    /// <summary>Trains a model of the pipeline.</summary>
    private protected abstract void Start();

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Trains)
            Outcome = RunOutcome.Begin(Errors());
    }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        Outcome.Ask();
        Start();
    }

    /// <inheritdoc/>
    protected override void End() => Outcome.Seen(Errors());

    /// <summary>Trains and writes the epochs' records.</summary>
    private protected void Train(Model model, TrainingOptions options, Dataset training, Dataset? validation,
        DataPlan? plan)
    {
        var checkpoints = Checkpoints();
        var record = NoRecord ? null : new RunRecorder(RecordPath(model, checkpoints))
        {
            Facts = new Dictionary<string, string?>
            {
                ["commit"] = GitCommit.Of(SessionState.Path.CurrentFileSystemLocation.Path),
                ["script"] = MyInvocation.ScriptName is { Length: > 0 } script ? script : null,
            },
        };
        var progress = new TrainingProgress();
        var latest = "";
        using var exit = new ScriptExit(this);
        Work((write, cancel) =>
        {
            void Say(string text, Action<string> how)
            {
                record?.Say(text);
                // A stopped pipeline accepts no output; the training must still end normally.
                try
                {
                    write(() => how(text));
                }
                catch (OperationCanceledException) when (cancel.IsCancellationRequested)
                {
                }
            }

            var trainer = new Trainer(model, options)
            {
                Log = text => Say(text, WriteVerbose),
                Warn = text => Say(text, WriteWarning),
                Checkpoints = checkpoints,
                Callbacks = Callbacks(record),
            };
            progress = trainer.Progress;
            try
            {
                foreach (var epoch in trainer.Run(training, validation, plan, cancel))
                {
                    latest = epoch.ToString();
                    if (!PassThru)
                        write(() => WriteObject(FlatRecord.Of(epoch)));
                }
            }
            finally
            {
                Outcome.Add(trainer.End);
            }

            if (trainer.StopReason is { } reason && trainer.End == TrainingEnd.Preempted)
                Say($"Training stopped: {reason}. " + (checkpoints is null
                    ? "It cannot be resumed: no -CheckpointPath was given. The model keeps its current weights."
                    : $"Continue it from '{checkpoints.Path}' with -Resume."), WriteWarning);
        }, () => Show(model, progress, latest));
        if (PassThru)
            WriteObject(model);
    }

    private IReadOnlyList<TrainingCallback> Callbacks(RunRecorder? record)
    {
        var callbacks = new List<TrainingCallback> { new StopSignals { Signal = StopSignal } };
        if (MaxTime is not null || MaxSamples is not null || StopFile is not null)
            callbacks.Add(new TrainingLimits
            {
                Time = MaxTime,
                Samples = MaxSamples,
                StopFile = StopFile is null ? null : this.ResolveTarget(StopFile),
            });
        if (record is not null)
            callbacks.Add(record);
        if (OnEpoch is not null || OnBatch is not null)
            callbacks.Add(new ScriptCallback(null, OnBatch, OnEpoch, null));
        callbacks.AddRange(Callback);
        return callbacks;
    }

    private IEnumerable? Errors() => SessionState.PSVariable.GetValue("global:Error") as IEnumerable;

    private string RecordPath(Model model, CheckpointOptions? checkpoints)
    {
        if (checkpoints is not null)
        {
            if (RunPath is not null)
                WriteWarning("-RunPath is ignored: the record of a run with checkpoints is written to their folder, "
                    + $"'{checkpoints.Path}'.");
            return checkpoints.Path;
        }

        return RunRecorder.NewPath(this.ResolveTarget(RunPath ?? DefaultRuns), model);
    }

    private static ProgressRecord Show(Model model, TrainingProgress progress, string latest) =>
        new(1, "Training " + model.Name,
            progress.Epoch == 0 ? "Preparing data" : $"Epoch {progress.Epoch} of {progress.Epochs}")
        {
            PercentComplete = (int)(100 * progress.Fraction),
            SecondsRemaining = (int)Math.Ceiling(progress.SecondsLeft ?? -1),
            CurrentOperation = latest,
        };
}

using System.Management.Automation;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// What commands that train share: where checkpoints and the run's record go, what takes part, what ends it early; and the
/// running of it, on a thread of its own, with progress.
/// </summary>
public abstract class TrainingCmdlet : WorkCmdlet
{
    private const string RunsVariable = "DEEPPS_RUNS";
    private const string RunsFolder = "runs";

    /// <summary>The folder of runs where none is named.</summary>
    internal static string DefaultRuns => Environment.GetEnvironmentVariable(RunsVariable) ?? RunsFolder;

    /// <summary>How often a checkpoint is written, besides at the end: 1epoch, 500step, 10min.</summary>
    [Parameter]
    public string CheckpointEvery { get; set; } = "1epoch";

    /// <summary>How many checkpoints are kept, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Keep { get; set; } = 3;

    /// <summary>The longest time, such as 02:00:00. Training then ends after a step, with a checkpoint, and can go on later.</summary>
    [Parameter]
    public TimeSpan MaxTime { get; set; }

    /// <summary>How many samples to learn from at the most, over all epochs.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxSamples { get; set; }

    /// <summary>A file that ends the training when it is there, with a checkpoint; it can go on later.</summary>
    [Parameter]
    public string? StopFile { get; set; }

    /// <summary>
    /// A signal, besides SIGTERM, SIGINT and SIGHUP, that ends the training with a checkpoint: what a scheduler sends as an
    /// early warning, such as SIGUSR1.
    /// </summary>
    [Parameter]
    public string? StopSignal { get; set; }

    /// <summary>
    /// Called after each epoch with its record: { param($record) ... }. Where it gives $false, training ends. What else it gives
    /// is dropped.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// Called after each batch with the training: { param($training) ... }, which has Epoch, Step, TotalSteps, LearningRate and
    /// Loss. Where it gives $false, training ends.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnBatch { get; set; }

    /// <summary>What takes part in the training: objects from New-DlCallback.</summary>
    [Parameter]
    public TrainingCallback[] Callback { get; set; } = [];

    /// <summary>
    /// The folder where each run has a directory of its own, with its settings, versions, epochs and log. Without it: the
    /// environment's DEEPPS_RUNS, or runs. With checkpoints, the record lies with them.
    /// </summary>
    [Parameter]
    public string? RunPath { get; set; }

    /// <summary>Keeps no record of the run.</summary>
    [Parameter]
    public SwitchParameter NoRecord { get; set; }

    /// <summary>Gives the trained model in place of the records of the epochs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>A training with checkpoints is waited for until its last one is written.</summary>
    protected override TimeSpan PatienceAtStop => Checkpoints() is null ? base.PatienceAtStop : TimeSpan.FromMinutes(1);

    /// <summary>The folder of the checkpoints; null: there are none.</summary>
    private protected abstract CheckpointOptions? Checkpoints();

    /// <summary>Trains, and writes the epochs.</summary>
    private protected void Train(Model model, TrainingOptions options, Dataset training, Dataset? validation, DataPlan? plan)
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
        string latest = "";
        var setOutcome = RunOutcome.Setter();
        setOutcome(TrainingEnd.Failed);
        using var exit = new ScriptExit(this);
        Work((write, cancel) =>
        {
            void Say(string text, Action<string> how)
            {
                record?.Say(text);
                // Who stops a pipeline hears no more of it, and training is to end in its own way.
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
                setOutcome(trainer.End);
            }

            if (trainer.StopReason is { } reason && trainer.End == TrainingEnd.Preempted)
                Say($"Training stopped: {reason}. " + (checkpoints is null ? "Nothing is kept of it but the model: there is no -CheckpointPath."
                    : $"It goes on from '{checkpoints.Path}' with -Resume."), WriteWarning);
        }, () => Show(model, progress, latest));
        if (PassThru)
            WriteObject(model);
    }

    private IReadOnlyList<TrainingCallback> Callbacks(RunRecorder? record)
    {
        var callbacks = new List<TrainingCallback> { new StopSignals { Signal = StopSignal } };
        if (record is not null)
            callbacks.Add(record);
        if (OnEpoch is not null || OnBatch is not null)
            callbacks.Add(new ScriptCallback(null, OnBatch, OnEpoch, null));
        callbacks.AddRange(Callback);
        if (Given(nameof(MaxTime)) || Given(nameof(MaxSamples)) || StopFile is not null)
            callbacks.Add(new TrainingLimits
            {
                Time = Given(nameof(MaxTime)) ? MaxTime : null,
                Samples = Given(nameof(MaxSamples)) ? MaxSamples : null,
                StopFile = StopFile is null ? null : this.ResolveTarget(StopFile),
            });
        return callbacks;
    }

    private string RecordPath(Model model, CheckpointOptions? checkpoints)
    {
        if (checkpoints is not null)
        {
            if (RunPath is not null)
                WriteWarning($"-RunPath does not count: with checkpoints the record of the run lies with them, in '{checkpoints.Path}'.");
            return checkpoints.Path;
        }

        return RunRecorder.NewPath(this.ResolveTarget(RunPath ?? DefaultRuns), model);
    }

    private static ProgressRecord Show(Model model, TrainingProgress progress, string latest) =>
        new(1, "Training " + model.Name, progress.Epoch == 0 ? "Preparing data" : $"Epoch {progress.Epoch} of {progress.Epochs}")
        {
            PercentComplete = (int)(100 * progress.Fraction),
            SecondsRemaining = (int)Math.Ceiling(progress.SecondsLeft ?? -1),
            CurrentOperation = latest,
        };
}

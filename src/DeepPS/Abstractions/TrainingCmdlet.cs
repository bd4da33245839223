using System.Management.Automation;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// Base of commands that train: checkpoints, the run's record, callbacks and early ends, and the training itself on its
/// own thread with progress.
/// </summary>
public abstract partial class TrainingCmdlet : WorkCmdlet
{
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
            Outcome = RunOutcome.Begin(RunOutcome.Errors(SessionState));
    }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        Outcome.Ask();
        Start();
    }

    /// <inheritdoc/>
    protected override void End() => Outcome.Seen(RunOutcome.Errors(SessionState));

    /// <summary>Trains and writes the epochs' records.</summary>
    private protected void Train(Model model, TrainingOptions options, Dataset training, Dataset? validation,
        DataPlan? plan, Model? critic = null, IReadOnlyList<Model>? teachers = null)
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

            if (record is not null)
                record.Warn = text => Say(text, WriteWarning);
            var trainer = new Trainer(model, options)
            {
                Critic = critic,
                Teachers = teachers ?? [],
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

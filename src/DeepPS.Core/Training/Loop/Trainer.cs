using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Trains a model: the loop over epochs and batches. One trainer runs once.</summary>
/// <param name="model">The model, whose network is bound to the data's shape if it was not yet.</param>
/// <param name="options">How to train.</param>
public sealed class Trainer(Model model, TrainingOptions options)
{
    /// <summary>How far the training has come; any thread may read it.</summary>
    public TrainingProgress Progress { get; } = new();

    /// <summary>Told what was decided. It is called on the training thread.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told what the user should look at. It is called on the training thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>What takes part in the training: told of steps and epochs, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Where checkpoints are written and gone on from; null: there are none.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Whether the caller has taken the model already.</summary>
    internal bool HasModel { get; init; }

    /// <summary>Why the training ended, once it has.</summary>
    public TrainingEnd End { get; private set; }

    /// <summary>Who stopped the training before its last epoch, in words; null: nobody did.</summary>
    public string? StopReason { get; private set; }

    /// <summary>
    /// Trains, and yields a record as each epoch ends. It stops within a step after it was cancelled; the model is then as
    /// of the last finished step.
    /// </summary>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="validation">The samples to look at after each epoch; null: none.</param>
    /// <param name="plan">How raw data becomes tensors; null: the model's own, else fitted to the training samples.</param>
    /// <param name="cancel">Ends the training after the step under way.</param>
    /// <exception cref="DlException">The data does not fit the model; checkpoints cannot be written or are another training's; or the
    /// loss or the parameters are no longer finite numbers (<c>LossNotFinite</c>, <c>WeightsNotFinite</c>, <c>ValidationNotFinite</c>), or a
    /// step does not fit into memory (<c>OutOfMemory</c>): the model then keeps its last good parameters.</exception>
    public IEnumerable<EpochRecord> Run(Dataset training, Dataset? validation = null, DataPlan? plan = null, CancellationToken cancel = default)
    {
        using var lease = HasModel ? null : model.BeginTraining();
        using var deterministic = options.Deterministic ? DeterministicMode.Enter() : null;
        using var folder = Checkpoints is null ? null : new CheckpointLock(Checkpoints.Path);
        using var checkpoint = Checkpoints?.Find(Warn, Log);
        using var writer = Checkpoints is null ? null : new CheckpointWriter(Checkpoints) { Warn = Warn, Log = Log };
        var settings = TrainingSettingsJson.Write(options);
        var data = new Lazy<JsonObject>(() => DataFingerprint.Of(training, validation));
        if (checkpoint is not null)
            TrainingResume.Apply(checkpoint, model, settings, data.Value, Warn);
        var hook = new CallbackHook();
        using var run = new TrainingRun(TrainingPreparation.Of(model, options, (training, validation, plan), hook, Progress, Log, Warn));
        if (checkpoint is not null)
            run.Load(checkpoint.State, checkpoint.Position);
        else if (options.AutoBatchSize)
        {
            Threads.Use(Threads.Count(options.Threads));
            run.FitBatches();
        }

        var session = hook.Session = new TrainingSession(model, run, settings, data);
        TrainingCallback[] callbacks = [.. Callbacks, .. run.EarlyStop is { } stop ? [stop] : Array.Empty<TrainingCallback>(),
            .. writer is null ? Array.Empty<TrainingCallback>() : [writer]];
        hook.Callbacks = callbacks;
        End = TrainingEnd.Failed;
        try
        {
            foreach (var callback in callbacks)
                callback.Begin(session);
            while (!run.Clock.IsDone && session.Stopping is null && !cancel.IsCancellationRequested)
            {
                if (run.Epoch(cancel) is not { } record)
                    break;
                model.Add(record);
                foreach (var callback in callbacks)
                    callback.AfterEpoch(session, record);
                End = TrainingEnd.Cancelled;
                yield return record;
                End = TrainingEnd.Failed;
            }

            End = run.Clock.IsDone ? TrainingEnd.Finished : session.Stopping?.End ?? TrainingEnd.Cancelled;
            if (End == TrainingEnd.StoppedEarly)
                run.Clock.Close();
            StopReason = End == TrainingEnd.Finished ? null : session.Stopping?.Reason;
            if (StopReason is not null)
                Log?.Invoke($"Training stopped: {StopReason}.");
        }
        finally
        {
            EndAll(session, callbacks);
        }
    }

    /// <summary>
    /// Ends the callbacks, the last first: what a checkpoint keeps is the training's end, not what others make of the model then. One
    /// that fails keeps none from its end, and hides no error of the training itself.
    /// </summary>
    private void EndAll(TrainingSession session, TrainingCallback[] callbacks)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var callback in callbacks.Reverse())
        {
            try
            {
                callback.End(session, End);
            }
            catch (Exception e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        if (End != TrainingEnd.Failed)
            failure?.Throw();
    }
}

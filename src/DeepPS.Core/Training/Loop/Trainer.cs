using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Trains a model: the loop over epochs and batches. One trainer runs once.</summary>
/// <param name="model">The model. Its network is bound to the data's shape if it has none yet.</param>
/// <param name="options">The training options.</param>
public sealed class Trainer(Model model, TrainingOptions options)
{
    /// <summary>The progress of the training, which any thread may read.</summary>
    public TrainingProgress Progress { get; } = new();

    /// <summary>Called with each decision, on the training thread.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Called with each warning, on the training thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The callbacks, which are called in this order after each step and epoch.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Where and when checkpoints are written, and whether training resumes; null: there are none.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// The critic of a GAN training, see <see cref="TrainingOptions.Gan"/>; null: it is a usual one.
    /// </summary>
    public Model? Critic { get; init; }

    /// <summary>The teachers of a training with <see cref="TrainingOptions.Distillation"/>; empty: none.</summary>
    public IReadOnlyList<Model> Teachers { get; init; } = [];

    /// <summary>Whether the caller has taken the model already.</summary>
    internal bool HasModel { get; init; }

    /// <summary>How the training ended.</summary>
    public TrainingEnd End { get; private set; } = TrainingEnd.Failed;

    /// <summary>Why the training stopped before its last epoch; null: it did not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>
    /// Trains, and yields a record at the end of each epoch. If it is cancelled, it stops within a step; the model is
    /// then that of the last finished step.
    /// </summary>
    /// <param name="training">The training samples.</param>
    /// <param name="validation">The validation samples, measured after each epoch; null: none.</param>
    /// <param name="plan">The data plan; null: the model's own, else one fitted to the training samples.</param>
    /// <param name="cancel">Ends the training after the current step.</param>
    /// <exception cref="DlException">
    /// The data does not fit the model; checkpoints cannot be written or belong to another training; the loss or the
    /// parameters are no longer finite (<c>LossNotFinite</c>, <c>WeightsNotFinite</c>, <c>ValidationNotFinite</c>), or
    /// a step does not fit into memory (<c>OutOfMemory</c>): the model then keeps its last good parameters.
    /// </exception>
    public IEnumerable<EpochRecord> Run(
        Dataset training, Dataset? validation = null, DataPlan? plan = null, CancellationToken cancel = default)
    {
        GanPreparation.CheckModels(model, Critic);
        DistilledPlayers.Check(model, Teachers, options);
        var resumes = Checkpoints is { Resume: true };
        using var held = new HeldModel(model, withValues: resumes, isTaken: HasModel);
        using var heldCritic = Critic is null ? null : new HeldModel(Critic, withValues: resumes);
        using var deterministic = options.Deterministic ? DeterministicMode.Enter() : null;
        using var folder = Checkpoints is null ? null : new CheckpointLock(Checkpoints.Path);
        using var checkpoint = Checkpoints?.Find(Warn, Log);
        using var writer = Checkpoints is null ? null : new CheckpointWriter(Checkpoints) { Warn = Warn, Log = Log };
        var settings = TrainingSettingsJson.Write(options);
        var data = new Lazy<JsonObject>(() => DataFingerprint.Of(training, validation));
        if (checkpoint is not null)
            TrainingResume.Apply(checkpoint, model, settings, data.Value, Warn);
        var hook = new CallbackHook();
        using var run = new TrainingRun(Critic is null
            ? TrainingPreparation.Of(model, options, (training, validation, plan), hook, Progress, Log, Warn,
                Teachers)
            : new GanPreparation(model, Critic, options, Log, Warn).Prepare(training, plan, hook, Progress));
        if (checkpoint is not null)
            run.Load(checkpoint.State, checkpoint.Position);
        else if (options.AutoBatchSize)
        {
            Threads.Use(Threads.Count(options.Threads));
            run.FitBatches();
        }

        var session = hook.Session = new TrainingSession(model, run, settings, data);
        hook.Callbacks = [.. Callbacks,
            .. new TrainingCallback?[] { run.EarlyStop, writer }.OfType<TrainingCallback>()];
        var callbacks = new CallbackChain(hook.Callbacks);
        var (steps, epochs) = (session.TotalSteps, model.History.Count);
        try
        {
            session.Attempt(() => callbacks.Begin(session));
            while (!run.Clock.IsDone && session.Stopping is null && !cancel.IsCancellationRequested)
            {
                EpochRecord? record = null;
                session.Attempt(() => record = run.Epoch(cancel));
                if (record is null)
                    break;
                model.Add(record);
                session.Attempt(() => callbacks.AfterEpoch(session, record));
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
            if (End is TrainingEnd.Finished or TrainingEnd.StoppedEarly || session.TotalSteps > steps
                || model.History.Count > epochs)
            {
                held.Accept();
                heldCritic?.Accept();
            }

            // An error of the training itself takes precedence over those of callbacks.
            var reached = End;
            (End, var failure) = callbacks.End(session, reached);
            if (reached != TrainingEnd.Failed)
                failure?.Throw();
        }
    }
}

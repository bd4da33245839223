using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

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
        using var deterministic = options.Deterministic ? DeterministicMode.Enter() : null;
        using var folder = Checkpoints is null ? null : new CheckpointLock(Checkpoints.Path);
        using var checkpoint = Checkpoints?.Find(Warn, Log);
        using var writer = Checkpoints is null ? null : new CheckpointWriter(Checkpoints) { Warn = Warn, Log = Log };
        var settings = TrainingSettingsJson.Write(options);
        var data = new Lazy<JsonObject>(() => DataFingerprint.Of(training, validation));
        if (checkpoint is not null)
            TrainingResume.Apply(checkpoint, model, settings, data.Value, Warn);
        using var run = Prepare(training, validation, plan);
        if (checkpoint is not null)
            run.Load(checkpoint.State, checkpoint.Position);
        else if (options.AutoBatchSize)
        {
            Threads.Use(Threads.Count(options.Threads));
            run.FitBatches(Log);
        }

        var session = new TrainingSession(model, run, settings, data);
        TrainingCallback[] callbacks = [.. Callbacks, .. run.EarlyStop is { } stop ? [stop] : Array.Empty<TrainingCallback>(), .. writer is null ? [] : new[] { writer }];
        End = TrainingEnd.Failed;
        try
        {
            foreach (var callback in callbacks)
                callback.Begin(session);
            while (!run.IsDone && session.Stopping is null && !cancel.IsCancellationRequested)
            {
                if (run.Epoch(() => Goes(session, callbacks), cancel) is not { } record)
                    break;
                model.Add(record);
                foreach (var callback in callbacks)
                    callback.AfterEpoch(session, record);
                End = TrainingEnd.Cancelled;
                yield return record;
                End = TrainingEnd.Failed;
            }

            End = run.IsDone ? TrainingEnd.Finished : session.Stopping?.End ?? TrainingEnd.Cancelled;
            if (End == TrainingEnd.StoppedEarly)
                run.Close();
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

    private static bool Goes(TrainingSession session, TrainingCallback[] callbacks)
    {
        foreach (var callback in callbacks)
            callback.AfterStep(session);
        return session.Stopping is null;
    }

    private TrainingRun Prepare(Dataset training, Dataset? validation, DataPlan? plan)
    {
        TorchRuntime.Ensure();
        plan = (model.Plan ?? plan ?? DataPlan.Fit(training, Log)).For(LayerNames.Inputs(model.Layers));
        model.Bind(plan.Inputs);
        var network = model.Network!;
        plan = LabelChoice.Of(plan, network, options, training);
        var loss = LossChoice.Loss(options.Loss, plan.Label!, network);
        if (plan.Label!.IsInput && !options.Reconstruct && loss.Predicts && model.Plan is null)
            Warn?.Invoke($"Dataset '{training.Name}' has no label: what is learned is the input itself. "
                + "Name the label with -Label, or say -Reconstruct if that is meant.");
        plan = loss.Standardizes ? plan : plan.With(plan.Label!.Unscaled());
        var metrics = LossChoice.Metrics(options.Metrics, plan.Label!, loss);
        if (network.Parameters.All(parameter => parameter.Frozen))
            throw new DlException("NothingToLearn", DlErrorKind.InvalidOperation,
                $"Model '{model.Name}' has nothing to learn: {(network.Parameters.Count == 0 ? "no layer has parameters" : "every layer is frozen")}.", model);
        options.Optimizer.Check(network, loss, options);
        BatchAugmenter.Check(options.Augmentations, plan);
        model.MoveTo(options.Device ?? model.Device);
        model.Plan = plan;
        model.Loss = loss;

        Log?.Invoke($"Loss {loss.Entry.Name}, optimizer {options.Optimizer.Entry.Name}, metrics "
            + $"{string.Join(", ", metrics.Select(m => m.Entry.Name))}; device {model.Device}; precision {options.Precision}; threads: {Threads.Count(options.Threads)}.");
        if (options.Augmentations.Count > 0)
            Log?.Invoke($"Augmentations, of training samples alone: {string.Join(", ", options.Augmentations.Select(a => a.Entry.Name))}.");
        if (LossChoice.Doubt(loss, network.OutputNode.Layer) is { } doubt)
            Warn?.Invoke(doubt);
        var device = TorchRuntime.Device(model.Device);
        if (options.Precision != TrainingPrecision.Float32 && device.type == DeviceType.CPU && !Processor.MayHaveBFloat16)
            Warn?.Invoke($"This processor has no bfloat16 arithmetic: with -Precision {options.Precision} training is most likely slower than with Float32.");
        training = options.Augmentations.Aggregate(training, (data, augmentation) => augmentation.Change(data, plan.Label!, options.Seed));
        if (training.Weight is not null && options.Optimizer is NormalEquation)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                "NormalEquation counts every sample alike; the data has weights of samples. Leave them out, or choose another optimizer.", training);
        var draw = SamplingChoice.Of(options, plan, training);
        return new TrainingRun(network, options, loss, metrics, new OutputReader(plan.Label!, loss), Progress,
            SampleSource.Of(training, plan, loss, device),
            validation is null ? null : SampleSource.Of(validation, plan, loss, device),
            Weights(training, plan.Label!, loss, device), draw, model.History.Count, device, Log, Warn, BatchAugmenter.For(options.Augmentations, options.Seed, plan, device));
    }

    private Tensor? Weights(Dataset training, LabelPlan label, Loss loss, Device device)
    {
        if (options.ClassWeights is null)
            return null;
        if (label.Kind != LabelKind.Class)
            throw new DlException("ClassWeights", DlErrorKind.InvalidArgument,
                $"Class weights are for classes; label '{label.Name}' {label.Nature}.", label.Name);
        if (!loss.WeighsClasses)
            throw new DlException("ClassWeights", DlErrorKind.InvalidArgument,
                $"Loss {loss.Entry.Name} does not weigh classes. Leave the class weights out, or name another loss.", loss);
        var weights = options.ClassWeights.For(label.Classes, () => label.ClassCounts(training));
        Log?.Invoke("Class weights: " + string.Join(", ", label.Classes.Zip(weights, (name, weight) => $"{name} {weight:0.###}")) + ".");
        return tensor(weights, device: device).DetachFromDisposeScope();
    }
}

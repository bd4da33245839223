using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A training while it runs, from epoch to epoch: learn, check, validate, record.</summary>
internal sealed class TrainingRun(TrainingSetup setup) : IDisposable
{
    private readonly TrainingState state = new(setup);

    /// <summary>How to train.</summary>
    public TrainingOptions Options => setup.Options;

    /// <summary>Called with each decision.</summary>
    public Action<string>? Log => setup.Log;

    /// <summary>Called with each warning.</summary>
    public Action<string>? Warn => setup.Warn;

    /// <summary>The position of the training.</summary>
    public TrainingClock Clock => state.Clock;

    /// <summary>The learning rate of the last step; 0 if the optimizer takes no steps.</summary>
    public double LearningRate => state.Learner.LearningRate;

    /// <summary>The mean loss over the samples of the epoch so far; NaN before the first.</summary>
    public double LossSoFar => state.Learner.Sums?.Loss ?? double.NaN;

    /// <summary>Ends the training when it no longer improves; null: nothing does.</summary>
    public EarlyStop? EarlyStop => state.EarlyStop;

    /// <summary>Begins to look for the best epoch.</summary>
    public BestEpoch NewBest() => setup.NewBest();

    /// <summary>Saves the parameters and buffers of the network alone.</summary>
    public void SaveNetwork(StateBag bag) => NetworkWeights.Save(setup.Measure.Network, bag);

    /// <summary>Finds the number of parts into which batches must be cut, before the first step.</summary>
    /// <exception cref="DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void FitBatches() => state.Learner.FitBatches();

    /// <summary>Runs the current epoch to its end, again if it diverges and recovers; null if it was stopped.</summary>
    /// <param name="cancel">Ends it after the current step.</param>
    public EpochRecord? Epoch(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return Once(cancel);
            }
            catch (DivergedException e) when (setup.Players.Count > 0 && state.Recovery.Takes(e))
            {
                state.BeginEpoch(Clock.Position.Epoch);
                state.Learner.Restart(Clock.StepsBefore);
                setup.Progress.ContinueAfter(Clock.StepsBefore);
            }
        }
    }

    private EpochRecord? Once(CancellationToken cancel)
    {
        state.Timer.Start();
        using var scope = NewDisposeScope();
        state.Average?.Hide();
        var ended = state.Learner.Learn(cancel);
        state.Average?.Show();
        if (!ended || cancel.IsCancellationRequested)
            return null;
        var sums = state.Learner.Sums!;
        state.Guard.CheckEpoch(Clock.Epoch, sums.Loss, state.Rollback.State);
        var learned = state.Timer.Seconds;
        using var held = setup.Validation is { } validation ? setup.Measure.Of(validation, cancel) : null;
        if (cancel.IsCancellationRequested)
            return null;
        if (held is not null)
            state.Guard.CheckValidation(Clock.Epoch, held.Loss, () => LossAgain(cancel));
        state.Rollback.KeepEpoch();
        Clock.Losses.Add(held?.Loss ?? sums.Loss);
        var record = new EpochRecord
        {
            Epoch = Clock.Epoch,
            Loss = sums.Loss,
            ValidationLoss = held?.Loss,
            LearningRate = LearningRate,
            Seconds = state.Timer.Seconds,
            SamplesPerSecond = setup.Training.Count / learned,
            MetricValues = [.. sums.Values(), .. setup.Meters.SelectMany(meter => meter.Values()),
                .. held?.Values("Validation") ?? []],
        };
        state.BeginEpoch(Clock.Position.Epoch + 1);
        return record;
    }

    private double LossAgain(CancellationToken cancel)
    {
        using var again = setup.Measure.Of(setup.Validation!, cancel);
        return again.Loss;
    }

    /// <summary>Saves the state between two steps for a checkpoint: everything but the data.</summary>
    public void Save(StateBag bag) => state.Save(bag);

    /// <summary>Continues from the state that <see cref="Save"/> saved; the network has its weights already.</summary>
    /// <exception cref="DlException"><c>CheckpointState</c>: it is the state of another training.</exception>
    public void Load(StateBag bag, TrainingPosition position)
    {
        try
        {
            state.Load(bag, position);
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw new DlException("CheckpointState", DlErrorKind.InvalidData,
                "The state in the checkpoint does not fit the training: it is of another model or of other settings, "
                + "or was changed after it was written. Continue from another checkpoint, or start a new training in "
                + "another folder.", null, e);
        }
    }

    public void Dispose()
    {
        state.Dispose();
        setup.Dispose();
    }
}

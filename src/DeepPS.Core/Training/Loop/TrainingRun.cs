using System.Runtime.InteropServices;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A training while it runs, from epoch to epoch: learn, check, validate, record.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingSetup setup;
    private readonly EpochLearner learner;
    private readonly WeightAverage? average;
    private readonly Rollback rollback;
    private readonly FiniteGuard guard;
    private readonly DivergenceRecovery recovery;
    private readonly EpochTimer timer = new();

    public TrainingRun(TrainingSetup setup)
    {
        this.setup = setup;
        var (options, network, device) = (setup.Options, setup.Measure.Network, setup.Measure.Device);
        var batches = new BatchPlan(setup.Training.Count, options.BatchSize, options.AccumulateSteps, joinLone: network.Buffers.Count > 0);
        var solver = options.Optimizer as NormalEquation;
        Clock = new TrainingClock(solver is null ? options.Epochs : 1, batches.Steps, setup.EpochsBefore);
        rollback = new Rollback(setup.Players.Select(player => player.Network).DefaultIfEmpty(network), setup.Random.Layers);
        recovery = new DivergenceRecovery(options.OnDivergence, setup.Warn);
        guard = new FiniteGuard(rollback, device, options.OnDivergence == Divergence.Recover);
        average = options.AverageDecay is { } decay ? new WeightAverage(network, decay) : null;
        learner = solver is not null ? new LeastSquaresEpoch(setup, solver, batches) : new StepLoop(setup, Clock, batches, rollback,
            recovery, [guard, new ClipHook(options), new MaxNormHook(), .. average is null ? Array.Empty<StepHook>() : [average]]);
        EarlyStop = options.EarlyStopping is { } stopping ? new EarlyStop(stopping, network, setup.Measure.Metrics, setup.Log) : null;
        setup.Progress.Begin(solver is null ? options.Epochs : 1, batches.Steps);
    }

    /// <summary>How to train.</summary>
    public TrainingOptions Options => setup.Options;

    /// <summary>How far the training has come.</summary>
    public TrainingClock Clock { get; }

    /// <summary>The learning rate of the last step; 0 where there are no steps.</summary>
    public double LearningRate => learner.LearningRate;

    /// <summary>The mean loss over the samples of the epoch so far; NaN before the first.</summary>
    public double LossSoFar => learner.Sums?.Loss ?? double.NaN;

    /// <summary>Ends the training when it no longer improves; null: nothing does.</summary>
    public EarlyStop? EarlyStop { get; }

    /// <summary>Finds into how many parts batches must be cut, before the first step.</summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void FitBatches() => learner.FitBatches();

    /// <summary>
    /// Runs the epoch under way to its end, again where it diverges and recovers; null if it was stopped within.
    /// </summary>
    /// <param name="cancel">Ends it after the step under way.</param>
    public EpochRecord? Epoch(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return Once(cancel);
            }
            catch (DivergedException e) when (setup.Players.Count > 0 && recovery.Takes(e))
            {
                BeginEpoch(Clock.Position.Epoch);
                learner.Restart(Clock.StepsBefore);
                setup.Progress.GoOn(Clock.StepsBefore);
            }
        }
    }

    private EpochRecord? Once(CancellationToken cancel)
    {
        timer.Start();
        using var scope = NewDisposeScope();
        average?.Hide();
        var ended = learner.Learn(cancel);
        average?.Show();
        if (!ended || cancel.IsCancellationRequested)
            return null;
        var sums = learner.Sums!;
        guard.CheckEpoch(Clock.Epoch, sums.Loss, rollback.State);
        var learned = timer.Seconds;
        using var held = setup.Validation is { } validation ? setup.Measure.Of(validation, cancel) : null;
        if (cancel.IsCancellationRequested)
            return null;
        if (held is not null)
            guard.CheckValidation(Clock.Epoch, held.Loss, () => LossAgain(cancel));
        rollback.KeepEpoch();
        Clock.Losses.Add(held?.Loss ?? sums.Loss);
        var record = new EpochRecord
        {
            Epoch = Clock.Epoch,
            Loss = sums.Loss,
            ValidationLoss = held?.Loss,
            LearningRate = LearningRate,
            Seconds = timer.Seconds,
            SamplesPerSecond = setup.Training.Count / learned,
            MetricValues = [.. sums.Values(), .. held?.Values("Validation") ?? []],
        };
        BeginEpoch(Clock.Position.Epoch + 1);
        return record;
    }

    private double LossAgain(CancellationToken cancel)
    {
        using var again = setup.Measure.Of(setup.Validation!, cancel);
        return again.Loss;
    }

    private void BeginEpoch(int epoch)
    {
        Clock.BeginEpoch(epoch);
        learner.EndEpoch();
        setup.Random.EndOrder();
        timer.Reset();
    }

    /// <summary>Keeps the state between two steps for a checkpoint: everything but the data.</summary>
    public void Save(StateBag state)
    {
        NetworkWeights.Save(setup.Measure.Network, state);
        learner.Save(state);
        average?.Save(state.Part("average"));
        state.Part("guard").Put("steps", guard.Steps);
        rollback.Save(state.Part("guard"), within: Clock.Position.Step > 0);
        EarlyStop?.Save(state.Part("earlyStop"));
        state.Put("recoveries", recovery.Count);
        CollectionsMarshal.AsSpan(Clock.Losses).CopyTo(state.Room("losses", Clock.Losses.Count));
        state.Put("seconds", timer.Seconds);
        state.Put("window", setup.Training.WindowRows);
        setup.Random.Save(state);
        if (setup.Augmenter is { } augmenter)
            state.Put("augmentation", augmenter.State);
    }

    /// <summary>Continues from where another run was saved; the network has its weights already.</summary>
    public void Load(StateBag state, TrainingPosition position)
    {
        Clock.Position = position;
        learner.Load(state);
        average?.Load(state.Part("average"));
        guard.Steps = (int)state.Part("guard").Longs("steps")[0];
        rollback.Load(state.Part("guard"), within: position.Step > 0);
        if (EarlyStop is not null && state.Part("earlyStop").Has("value"))
            EarlyStop.Load(state.Part("earlyStop"));
        recovery.Count = (int)state.Longs("recoveries")[0];
        Clock.Losses.AddRange(state.Doubles("losses"));
        timer.Reset(state.Doubles("seconds")[0]);
        setup.Training.WindowRows = state.Longs("window")[0];
        setup.Random.Load(state);
        if (setup.Augmenter is { } augmenter)
            augmenter.State = state.Tensor("augmentation");
        setup.Progress.GoOn(Clock.StepsBefore);
    }

    public void Dispose()
    {
        learner.Dispose();
        average?.Dispose();
        rollback.Dispose();
        EarlyStop?.Dispose();
        setup.Dispose();
    }
}

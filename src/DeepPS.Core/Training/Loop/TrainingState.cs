using System.Runtime.InteropServices;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Everything that changes while a training runs: a checkpoint saves it, and the run frees it.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly TrainingSetup setup;

    public TrainingState(TrainingSetup setup)
    {
        this.setup = setup;
        var (options, network, device) = (setup.Options, setup.Measure.Network, setup.Measure.Device);
        var batches = new BatchPlan(setup.Training.Count, options.BatchSize, options.AccumulateSteps,
            joinLone: network.Buffers.Count > 0);
        var solver = options.Optimizer as NormalEquation;
        var epochs = solver is null ? options.Epochs : 1;
        Clock = new TrainingClock(epochs, batches.Steps, setup.EpochsBefore);
        Rollback = new Rollback(setup.Players.Select(player => player.Network).DefaultIfEmpty(network),
            setup.Random.Layers);
        Recovery = new DivergenceRecovery(options.OnDivergence, setup.Warn);
        Guard = new FiniteGuard(Rollback, device, options.OnDivergence == Divergence.Recover);
        Average = options.AverageDecay is { } decay ? new WeightAverage(network, decay) : null;
        StepHook[] hooks = [Guard, new PruningHook(), new ClipHook(options), new MaxNormHook()];
        Learner = solver is not null ? new LeastSquaresEpoch(setup, solver, batches)
            : new StepLoop(setup, Clock, batches, Rollback, Recovery, Average is null ? hooks : [.. hooks, Average]);
        EarlyStop = options.EarlyStopping is { } stopping
            ? new EarlyStop(stopping, network, setup.NewBest(), setup.Log) : null;
        setup.Progress.Begin(epochs, batches.Steps);
    }

    /// <summary>The position of the training, and the losses of its epochs.</summary>
    public TrainingClock Clock { get; }

    /// <summary>Learns from the samples of an epoch.</summary>
    public EpochLearner Learner { get; }

    /// <summary>The moving average of the weights; null: there is none.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The copies of parameters that the training can return to.</summary>
    public Rollback Rollback { get; }

    /// <summary>Checks that losses and parameters are finite.</summary>
    public FiniteGuard Guard { get; }

    /// <summary>Lets training continue after it has diverged.</summary>
    public DivergenceRecovery Recovery { get; }

    /// <summary>Ends the training when it no longer improves; null: nothing does.</summary>
    public EarlyStop? EarlyStop { get; }

    /// <summary>The time of the current epoch.</summary>
    public EpochTimer Timer { get; } = new();

    /// <summary>Begins an epoch, the next one or the current one again.</summary>
    public void BeginEpoch(int epoch)
    {
        Clock.BeginEpoch(epoch);
        Learner.EndEpoch();
        foreach (var meter in setup.Meters)
            meter.Reset();
        setup.Random.EndOrder();
        Timer.Reset();
    }

    /// <summary>Saves the state between two steps for a checkpoint: everything but the data.</summary>
    public void Save(StateBag state)
    {
        NetworkWeights.Save(setup.Measure.Network, state);
        Learner.Save(state);
        Average?.Save(state.Part("average"));
        state.Part("guard").Put("steps", Guard.Steps);
        Rollback.Save(state.Part("guard"), within: Clock.Position.Step > 0);
        EarlyStop?.Save(state.Part("earlyStop"));
        state.Put("recoveries", Recovery.Count);
        CollectionsMarshal.AsSpan(Clock.Losses).CopyTo(state.Room("losses", Clock.Losses.Count));
        state.Put("seconds", Timer.Seconds);
        state.Put("window", setup.Training.WindowRows);
        setup.Random.Save(state);
        foreach (var (i, meter) in setup.Meters.Index())
            meter.Save(state.Part($"meter{i}"));
        if (setup.Augmenter is { } augmenter)
            state.Put("augmentation", augmenter.State);
    }

    /// <summary>Restores the state that <see cref="Save"/> saved; the network has its weights already.</summary>
    public void Load(StateBag state, TrainingPosition position)
    {
        Clock.Position = position;
        Learner.Load(state);
        Average?.Load(state.Part("average"));
        Guard.Steps = (int)state.Part("guard").Long("steps");
        Rollback.Load(state.Part("guard"), within: position.Step > 0);
        if (EarlyStop is not null && state.Part("earlyStop").Has("value"))
            EarlyStop.Load(state.Part("earlyStop"));
        Recovery.Count = (int)state.Long("recoveries");
        Clock.Losses.AddRange(state.Doubles("losses"));
        Timer.Reset(state.Double("seconds"));
        setup.Training.WindowRows = state.Long("window");
        setup.Random.Load(state);
        foreach (var (i, meter) in setup.Meters.Index())
            meter.Load(state.Part($"meter{i}"));
        if (setup.Augmenter is { } augmenter)
            augmenter.State = state.Tensor("augmentation");
        setup.Progress.ContinueAfter(Clock.StepsBefore);
    }

    public void Dispose()
    {
        Learner.Dispose();
        Average?.Dispose();
        Rollback.Dispose();
        EarlyStop?.Dispose();
    }
}

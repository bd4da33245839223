using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The steps of an epoch. In each step every player in turn computes its objective of the batch, runs backward and
/// updates its parameters; hooks are called before and after.
/// </summary>
internal sealed class StepLoop : EpochLearner
{
    private const int StepsBetweenCollections = 500;
    private readonly TrainingSetup setup;
    private readonly TrainingClock clock;
    private readonly BatchPlan batches;
    private readonly Rollback rollback;
    private readonly DivergenceRecovery recovery;
    private readonly StepHook[] hooks;
    private readonly BatchFit[] turns;
    private readonly ShortWaits waits;

    /// <param name="setup">The parts of the training.</param>
    /// <param name="clock">The position of the training.</param>
    /// <param name="batches">The batches of each step.</param>
    /// <param name="rollback">Restores parameters after a failed step.</param>
    /// <param name="recovery">Lets training continue after it has diverged.</param>
    /// <param name="hooks">The hooks of each step, in this order; the setup's hooks follow.</param>
    public StepLoop(TrainingSetup setup, TrainingClock clock, BatchPlan batches, Rollback rollback,
        DivergenceRecovery recovery, IEnumerable<StepHook> hooks)
    {
        (this.setup, this.clock, this.batches, this.rollback, this.recovery) =
            (setup, clock, batches, rollback, recovery);
        var metrics = new RunningMetrics(setup.Players[0], setup.Training.HasGaps, () => Sums!);
        this.hooks = [.. hooks, metrics, .. setup.Meters, .. setup.Hooks];
        turns = setup.Players.Select(player => new BatchFit(new GradientPass(player, setup.Augmenter, this.hooks),
            setup.Options, setup.Training, rollback, setup.Measure.Device, setup.Warn)).ToArray();
        waits = new ShortWaits(setup.Measure.Threads, setup.Log);
    }

    public override double LearningRate => setup.Players[0].Optimizer.LearningRate;

    /// <inheritdoc/>
    /// <returns>False if a hook, a cancellation or a schedule stopped it before the last step.</returns>
    public override bool Learn(CancellationToken cancel)
    {
        Sums ??= setup.Measure.Begin();
        setup.Random.BeginOrder();
        var shuffle = setup.Options.Shuffle ? setup.Random.Shuffle : null;
        using var order = setup.Training.Open(setup.Options.BatchSize, shuffle, setup.Draw);
        while (!clock.IsEpochDone)
        {
            if (cancel.IsCancellationRequested)
                return false;
            try
            {
                Step(new StepSamples(order, batches.Of(clock.Position.Step), clock.Epoch));
            }
            catch (DivergedException e) when (recovery.Takes(e))
            {
                rollback.ToGood();
                Restart(null); // The failed step is skipped.
            }
            catch (Exception e) when (e is TorchRefusedException or DivergedException)
            {
                rollback.ToGood();
                throw;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return false;
            }

            clock.Advance();
            setup.Progress.Advance();
            waits.Look();
            // Every hook is called, also after one that stops the training.
            if (hooks.Count(hook => !hook.AfterStep()) > 0)
                return false;
        }

        return true;
    }

    /// <summary>Each player whose turn it is takes its step on the same samples, the model's own the last.</summary>
    private void Step(StepSamples samples)
    {
        using var scope = NewDisposeScope();
        foreach (var turn in turns.Skip(1).Append(turns[0]))
        {
            var player = turn.Pass.Player;
            if ((clock.Position.Step + 1) % player.Every != 0)
                continue;
            var scheduled = setup.Options.Schedule?.Factor(clock.Point(player.Optimizer.Count * player.Every)) ?? 1;
            player.Optimizer.Factor = recovery.Factor * scheduled;
            // Taken after the schedule, which may be a user's script block that does anything.
            // Augmentations change the batch as a whole, with all threads.
            using var threads = ThreadTurn.Take(setup.Measure.Threads,
                setup.Augmenter is null ? player.Objective.Threads : null);
            turn.Step(samples);
            foreach (var hook in hooks)
                hook.AfterUpdate(player);
        }

        // Left alone, the runtime lets tens of megabytes of small short-lived objects accumulate before it collects.
        if (setup.Players[0].Optimizer.Count % StepsBetweenCollections == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: false);
    }

    /// <inheritdoc/>
    public override void Restart(long? steps)
    {
        foreach (var player in setup.Players)
            player.Optimizer.Restart(steps / player.Every ?? player.Optimizer.Count);
        foreach (var hook in hooks)
            hook.Restart();
    }

    /// <inheritdoc/>
    public override void FitBatches()
    {
        foreach (var turn in turns)
        {
            turn.Probe();
            setup.Log?.Invoke(turn.Pass.Parts == 1 ? $"Batches of {setup.Options.BatchSize} fit into memory."
                : $"Memory is short: {turn.Cut}.");
        }
    }

    /// <inheritdoc/>
    public override void Save(StateBag state)
    {
        base.Save(state);
        StepLoopState.Save(turns, state);
    }

    /// <inheritdoc/>
    public override void Load(StateBag state)
    {
        StepLoopState.Load(turns, state);
        if (clock.Position.Step == 0)
            return;
        Sums = setup.Measure.Begin();
        Sums.Load(state.Part("sums"));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        waits.Dispose();
        base.Dispose();
    }
}

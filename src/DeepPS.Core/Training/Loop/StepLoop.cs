using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The steps of an epoch. In each step every player in turn computes its objective of the batch, goes backward and updates its
/// parameters; hooks take part before and after.
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

    /// <param name="setup">What the training is made of.</param>
    /// <param name="clock">How far it has come.</param>
    /// <param name="batches">The batches of each step.</param>
    /// <param name="rollback">What a failed step goes back to.</param>
    /// <param name="recovery">Lets training continue after it has diverged.</param>
    /// <param name="hooks">What takes part in each step, in this order; the setup's hooks follow.</param>
    public StepLoop(TrainingSetup setup, TrainingClock clock, BatchPlan batches, Rollback rollback, DivergenceRecovery recovery,
        IEnumerable<StepHook> hooks)
    {
        (this.setup, this.clock, this.batches, this.rollback, this.recovery) = (setup, clock, batches, rollback, recovery);
        this.hooks = [.. hooks, new RunningMetrics(setup.Players[0], setup.Training.HasGaps, () => Sums!), .. setup.Hooks];
        turns = setup.Players.Select(player => new BatchFit(new GradientPass(player, setup.Augmenter, this.hooks),
            setup.Options, setup.Training, rollback, setup.Measure.Device, setup.Warn)).ToArray();
        waits = new ShortWaits(setup.Measure.Threads, setup.Log);
    }

    /// <inheritdoc/>
    public override double LearningRate => setup.Players[0].Optimizer.LearningRate;

    /// <inheritdoc/>
    /// <returns>False if it was stopped before the last step: by a hook, by who cancels, or by who computes a schedule.</returns>
    public override bool Learn(CancellationToken cancel)
    {
        Sums ??= setup.Measure.Begin();
        setup.Random.BeginOrder();
        using var order = setup.Training.Open(setup.Options.BatchSize, setup.Options.Shuffle ? setup.Random.Shuffle : null, setup.Draw);
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
                // The network has its last good parameters; the step that failed is left out.
                Restart(null);
            }
            catch (TorchRefusedException)
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
            // Each hook is told, also after one that has enough.
            if (hooks.Count(hook => !hook.AfterStep()) > 0)
                return false;
        }

        return true;
    }

    /// <summary>Each player takes its step on the same samples.</summary>
    private void Step(StepSamples samples)
    {
        using var scope = NewDisposeScope();
        foreach (var turn in turns)
        {
            var player = turn.Pass.Player;
            // A schedule may be a user's script block, which may do anything: it must not run within a turn of the threads.
            player.Optimizer.Factor = recovery.Factor * (setup.Options.Schedule?.Factor(clock.Point(player.Optimizer.Count)) ?? 1);
            using var threads = ThreadTurn.Take(setup.Measure.Threads);
            turn.Step(samples);
            foreach (var hook in hooks)
                hook.AfterUpdate(player);
        }

        // By itself the runtime lets tens of megabytes of small short-lived objects gather before it looks.
        if (setup.Players[0].Optimizer.Count % StepsBetweenCollections == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: false);
    }

    /// <inheritdoc/>
    public override void Restart(long? steps)
    {
        foreach (var player in setup.Players)
            player.Optimizer.Restart(steps ?? player.Optimizer.Count);
        foreach (var hook in hooks)
            hook.Restart();
    }

    /// <inheritdoc/>
    public override void FitBatches()
    {
        foreach (var turn in turns)
        {
            turn.Probe();
            setup.Log?.Invoke(turn.Pass.Parts == 1 ? $"Batches of {setup.Options.BatchSize} fit into memory." : $"Memory is short: {turn.Cut}.");
        }
    }

    /// <inheritdoc/>
    public override void Save(StateBag state)
    {
        base.Save(state);
        foreach (var (i, turn) in turns.Index())
        {
            var part = PartOf(state, i);
            if (i > 0)
                NetworkWeights.Save(turn.Pass.Player.Network, part);
            turn.Pass.Player.Save(part);
            part.Put("parts", turn.Pass.Parts);
        }
    }

    /// <inheritdoc/>
    public override void Load(StateBag state)
    {
        foreach (var (i, turn) in turns.Index())
        {
            var part = PartOf(state, i);
            // The model's own weights are there already.
            if (i > 0)
                NetworkWeights.Load(turn.Pass.Player.Network, part);
            turn.Pass.Player.Load(part);
            turn.Pass.Parts = (int)part.Longs("parts")[0];
        }

        if (clock.Position.Step > 0)
        {
            Sums = setup.Measure.Begin();
            Sums.Load(state.Part("sums"));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        waits.Dispose();
        base.Dispose();
    }

    /// <summary>The first player's state lies where that of a training of one always has.</summary>
    private static StateBag PartOf(StateBag state, int player) => player == 0 ? state : state.Part($"player{player + 1}");
}

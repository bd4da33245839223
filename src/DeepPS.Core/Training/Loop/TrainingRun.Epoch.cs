using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <content>The way of an epoch from its first step to its record.</content>
internal sealed partial class TrainingRun
{
    /// <summary>Runs the epoch under way to its end, again where it diverges and that is to be recovered from; null if it was stopped within.</summary>
    /// <param name="afterStep">Told of each step; false: it was the last.</param>
    /// <param name="cancel">Ends it after the step under way.</param>
    public EpochRecord? Epoch(Func<bool> afterStep, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return Once(afterStep, cancel);
            }
            catch (DlException e) when (optimizer is not null && recovery.Takes(e))
            {
                BeginEpoch(Position.Epoch);
                Recover(optimizer, Before(Position));
                progress.GoOn(Before(Position));
            }
        }
    }

    private EpochRecord? Once(Func<bool> afterStep, CancellationToken cancel)
    {
        started = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        average?.Hide();
        if (optimizer is null)
            sums = Solve(cancel);
        else if (!Learn(optimizer, afterStep, cancel))
            cancel = new CancellationToken(canceled: true);
        average?.Show();
        if (cancel.IsCancellationRequested)
            return null;
        var number = FirstEpoch + Position.Epoch;
        guard.CheckEpoch(number, sums!.Loss);
        var learned = Seconds();
        using var held = validation is null ? null : Measure(validation, cancel);
        if (cancel.IsCancellationRequested)
            return null;
        if (held is not null)
            guard.CheckValidation(number, held.Loss, () =>
            {
                using var before = Measure(validation!, cancel);
                return before.Loss;
            });
        guard.Accept();
        losses.Add(held?.Loss ?? sums.Loss);
        var record = new EpochRecord
        {
            Epoch = number,
            Loss = sums.Loss,
            ValidationLoss = held?.Loss,
            LearningRate = LearningRate,
            Seconds = Seconds(),
            SamplesPerSecond = training.Count / learned,
            MetricValues = [.. sums.Values(), .. held?.Values("Validation") ?? []],
        };
        BeginEpoch(Position.Epoch + 1);
        return record;
    }

    /// <summary>How many steps of the run come before a position, where each epoch counts once.</summary>
    private long Before(TrainingPosition position) => (long)(position.Epoch - 1) * batches.Steps + position.Step;

    /// <summary>Begins anew from the last good parameters: what is kept of the steps that led away from them is worth nothing.</summary>
    private void Recover(OptimizerStep optimizer, long count)
    {
        optimizer.Restart(count);
        average?.Restart();
    }

    private void BeginEpoch(int epoch)
    {
        Position = Position with { Epoch = epoch, Step = 0 };
        sums!.Dispose();
        shuffleAtStart?.Dispose();
        (sums, shuffleAtStart, secondsBefore, started) = (null, null, 0, 0);
    }

    /// <summary>How long the epoch has taken so far.</summary>
    private double Seconds() => secondsBefore + Stopwatch.GetElapsedTime(started).TotalSeconds;
}

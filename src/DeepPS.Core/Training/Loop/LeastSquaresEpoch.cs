using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Solves the normal equation over all samples, then measures the loss of the solution.</summary>
internal sealed class LeastSquaresEpoch(TrainingSetup setup, NormalEquation rule, BatchPlan batches) : EpochLearner
{
    /// <inheritdoc/>
    /// <remarks>If it is cancelled, the network stays unchanged.</remarks>
    public override bool Learn(CancellationToken cancel)
    {
        var measure = setup.Measure;
        using var solution = rule.Begin(measure.Network);
        using var order = setup.Training.Open(setup.Options.BatchSize);
        for (var step = 0; step < batches.Steps && !cancel.IsCancellationRequested; step++)
        {
            using var turn = ThreadTurn.Take(measure.Threads);
            using var scope = NewDisposeScope();
            foreach (var (_, first, size) in batches.Of(step))
            {
                var batch = order.Take(first, size);
                var (inputs, targets) = (batch.Inputs[0], batch.Targets!);
                // Windows of a series are solved for in their own frame.
                if (measure.Network.Frame is { } frame)
                    (inputs, targets) = (frame.In(inputs), frame.Targets(inputs, targets));
                solution.Add(inputs, targets);
            }

            setup.Progress.Advance();
        }

        if (!cancel.IsCancellationRequested)
        {
            using var turn = ThreadTurn.Take(measure.Threads);
            solution.Finish();
        }

        Sums = measure.Of(setup.Training, cancel);
        return true;
    }

    /// <inheritdoc/>
    public override void Load(StateBag state)
    {
    }
}

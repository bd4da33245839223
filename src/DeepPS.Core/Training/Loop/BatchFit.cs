using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Makes the steps of a player fit into memory: a batch that is too large is cut into 2, 4, 8, ... parts whose gradients are added up,
/// or, without <see cref="TrainingOptions.AutoBatchSize"/>, the error names a size that fits.
/// </summary>
/// <remarks>
/// A step is that of the whole batch, but for rounding, where a sample goes its way without the others. Layers that look at a
/// batch as a whole (BatchNorm, KLSparsity) see the parts, and layers that draw by chance (Dropout) draw part by part.
/// Augmentations change a batch before it is cut.
/// </remarks>
/// <param name="pass">The player's way forward and back, which cuts batches.</param>
/// <param name="options">How to train.</param>
/// <param name="source">The samples to learn from.</param>
/// <param name="rollback">What a step that does not fit goes back to.</param>
/// <param name="device">Where the network is.</param>
/// <param name="warn">Told when a training continues with smaller parts.</param>
internal sealed class BatchFit(GradientPass pass, TrainingOptions options, SampleSource source, Rollback rollback, Device device,
    Action<string>? warn)
{
    private readonly BatchFitErrors errors = new(options, device);

    /// <summary>The player's way forward and back.</summary>
    public GradientPass Pass => pass;

    /// <summary>In words, into how many parts batches are cut.</summary>
    public string Cut => $"each batch of {options.BatchSize} is cut into {pass.Parts} parts of at most {PartSize(pass.Parts)} samples";

    /// <summary>Tries batches as large as they are, then parts of them, and has them cut as little as fits.</summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void Probe() => pass.Parts = Fitting(1) ?? throw errors.NoneFits(SmallestPart(), null);

    /// <summary>
    /// Takes a step. Where memory runs out it begins again with smaller parts, with <see cref="TrainingOptions.AutoBatchSize"/>.
    /// </summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>.</exception>
    public void Step(StepSamples samples)
    {
        pass.Begin(samples);
        if (options.AutoBatchSize)
            rollback.KeepAttempt();
        while (Try(pass.Step) is { } shortage)
        {
            pass.Player.Optimizer.ZeroGradients();
            if (pass.HasGradients)
            {
                rollback.ToGood();
                throw errors.OptimizerFails(shortage);
            }

            if (!options.AutoBatchSize || !samples.Order.Has(samples.First))
                throw MayCut(pass.Parts) && Fitting(pass.Parts * 2) is { } parts ? errors.BatchFails(PartSize(parts), parts, shortage)
                    : errors.NoneFits(SmallestPart(), shortage);
            rollback.ToAttempt();
            if (!MayCut(pass.Parts))
                throw errors.NoneFits(SmallestPart(), shortage);
            pass.Parts *= 2;
            warn?.Invoke($"A step did not fit into the memory of {device}: {Cut} from now on.");
        }
    }

    /// <summary>The error of a step, once it is unwound and what it held is free.</summary>
    private static Exception? Try(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            return e;
        }
    }

    /// <summary>Into how many parts batches must be cut, from a number on, so that a step fits; null: none are small enough.</summary>
    private int? Fitting(int parts)
    {
        rollback.KeepAttempt();
        try
        {
            using var scope = NewDisposeScope();
            using var order = source.Open(options.BatchSize);
            // What the optimizer will keep of each parameter takes its place from the first step on.
            var reserved = Try(Reserve);
            while (reserved is null && !pass.Fits(order, Math.Min(options.BatchSize, source.Count), parts))
                if (MayCut(parts))
                    parts *= 2;
                else
                    return null;
            return reserved is null ? parts : null;
        }
        finally
        {
            pass.Player.Optimizer.ZeroGradients();
            rollback.ToAttempt();
        }
    }

    private void Reserve()
    {
        var times = (options.Optimizer as ElementwiseOptimizer)?.StateNames.Count ?? 0;
        foreach (var parameter in pass.Player.Parameters.Where(parameter => !parameter.Frozen))
            for (var i = 0; i < times; i++)
                empty_like(parameter.Value.detach());
    }

    private bool MayCut(int parts) => options.BatchSize / (2 * parts) >= pass.Player.Objective.SmallestPart;

    private int PartSize(int parts) => (options.BatchSize + parts - 1) / parts;

    private int SmallestPart()
    {
        var parts = 1;
        while (MayCut(parts))
            parts *= 2;
        return PartSize(parts);
    }
}

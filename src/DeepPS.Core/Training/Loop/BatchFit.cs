using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Makes the steps of a player fit into memory: a batch that is too large is cut into 2, 4, 8, ... parts whose
/// gradients are added up, or, without <see cref="TrainingOptions.AutoBatchSize"/>, the error names a size that fits.
/// </summary>
/// <remarks>
/// If each sample is processed by itself, the step equals that of the whole batch except for rounding. Layers that use
/// the batch as a whole (BatchNorm, KLSparsity) see the parts, and random layers (Dropout) draw for each part. Batches
/// are augmented before they are cut.
/// </remarks>
/// <param name="pass">The player's forward and backward pass, which cuts batches.</param>
/// <param name="options">The training options.</param>
/// <param name="source">The training samples.</param>
/// <param name="rollback">Restores buffers and random numbers after a step that did not fit.</param>
/// <param name="device">The network's device.</param>
/// <param name="warn">Called when training continues with smaller parts.</param>
internal sealed class BatchFit(GradientPass pass, TrainingOptions options, SampleSource source, Rollback rollback,
    Device device, Action<string>? warn)
{
    private readonly BatchFitErrors errors = new(options, device);

    /// <summary>The player's forward and backward pass.</summary>
    public GradientPass Pass => pass;

    /// <summary>Says into how many parts batches are cut.</summary>
    public string Cut =>
        $"each batch of {options.BatchSize} is cut into {pass.Parts} parts of at most {PartSize(pass.Parts)} samples";

    /// <summary>Tries whole batches, then smaller and smaller parts, and keeps the first that fits.</summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void Probe() => pass.Parts = Fitting(1) ?? throw errors.NoneFits(SmallestPart(), null);

    /// <summary>
    /// Takes a step. If memory runs out, it is repeated with smaller parts, provided that
    /// <see cref="TrainingOptions.AutoBatchSize"/> is set.
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
                throw MayCut(pass.Parts) && Fitting(pass.Parts * 2) is { } parts
                    ? errors.BatchFails(PartSize(parts), parts, shortage)
                    : errors.NoneFits(SmallestPart(), shortage);
            rollback.ToAttempt();
            if (!MayCut(pass.Parts))
                throw errors.NoneFits(SmallestPart(), shortage);
            pass.Parts *= 2;
            warn?.Invoke($"A step did not fit into the memory of {device}: {Cut} from now on.");
        }
    }

    /// <summary>The error of a step, after its memory has been freed; null: it succeeded.</summary>
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

    /// <summary>The smallest number of parts, from the given one upwards, that fits; null: none does.</summary>
    private int? Fitting(int parts)
    {
        rollback.KeepAttempt();
        try
        {
            using var scope = NewDisposeScope();
            using var order = source.Open(options.BatchSize);
            // The optimizer allocates its state in the first step.
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
        var times = (options.Optimizer as GradientOptimizer)?.StateCopies ?? 0;
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

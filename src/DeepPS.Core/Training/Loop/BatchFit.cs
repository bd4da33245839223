using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Makes the steps of a training fit into memory: a batch that is too large is cut into 2, 4, 8, ... parts whose gradients are
/// added up, or, where nobody has asked for that, it is said which size would fit.
/// </summary>
/// <remarks>
/// A step is that of the whole batch, but for rounding, where a sample goes its way without the others. Layers that look at a
/// batch as a whole (BatchNorm, KLSparsity) see the parts, and layers that draw by chance (Dropout) draw part by part.
/// Augmentations change a batch before it is cut.
/// </remarks>
/// <param name="options">How to train.</param>
/// <param name="network">The network.</param>
/// <param name="pass">What goes forward and back, and cuts batches.</param>
/// <param name="layers">The random numbers of layers.</param>
/// <param name="guard">What has the last good parameters.</param>
/// <param name="source">The samples to learn from.</param>
/// <param name="device">Where the network is.</param>
/// <param name="warn">Told where a training goes on with smaller parts.</param>
internal sealed class BatchFit(TrainingOptions options, Network network, GradientPass pass, Generator layers, FiniteGuard guard,
    SampleSource source, Device device, Action<string>? warn) : IDisposable
{
    private readonly Snapshot buffers = new(network.Buffers);
    private Tensor? chance;

    /// <summary>In words, into how many parts batches are cut.</summary>
    public string Cut => $"each batch of {options.BatchSize} is learned from in {pass.Parts} parts of {PartSize(pass.Parts)} samples at the most";

    /// <summary>Tries batches as large as they are, then parts of them, and has them cut as little as fits.</summary>
    /// <exception cref="DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void Probe() => pass.Parts = Fitting(1) ?? throw NoneFits(null);

    /// <summary>
    /// Takes a step. Where there is no memory for it, it begins again with smaller parts, if <see cref="TrainingOptions.AutoBatchSize"/> says so.
    /// </summary>
    /// <param name="step">Takes the step; it may be called again.</param>
    /// <param name="moved">Whether the step that failed may have changed parameters.</param>
    /// <param name="order">The samples.</param>
    /// <param name="first">The place of the step's first.</param>
    /// <exception cref="DlException"><c>OutOfMemory</c>.</exception>
    public void Run(Action step, Func<bool> moved, SampleOrder order, int first)
    {
        pass.Begin();
        if (options.AutoBatchSize)
            Keep();
        while (Try(step) is { } shortage)
        {
            DropGradients();
            if (moved())
            {
                guard.GoBack();
                throw OptimizerFails(shortage);
            }

            if (!options.AutoBatchSize || !order.Has(first))
                throw BatchFails(shortage);
            GoBack();
            if (!MayCut(pass.Parts))
                throw NoneFits(shortage);
            pass.Parts *= 2;
            warn?.Invoke($"A step did not fit into the memory of {device}: {Cut} from now on.");
        }
    }

    public void Dispose()
    {
        buffers.Dispose();
        chance?.Dispose();
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
        Keep();
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
            DropGradients();
            GoBack();
        }
    }

    private void Reserve()
    {
        var times = (options.Optimizer as ElementwiseOptimizer)?.StateNames.Count ?? 0;
        foreach (var parameter in network.Parameters.Where(parameter => !parameter.Frozen))
            for (var i = 0; i < times; i++)
                empty_like(parameter.Value.detach());
    }

    private bool MayCut(int parts) => options.BatchSize / (2 * parts) >= pass.Smallest;

    private int PartSize(int parts) => (options.BatchSize + parts - 1) / parts;

    private int SmallestPart()
    {
        var parts = 1;
        while (MayCut(parts))
            parts *= 2;
        return PartSize(parts);
    }

    private void Keep()
    {
        chance?.Dispose();
        chance = layers.get_state().DetachFromDisposeScope();
        buffers.Take();
    }

    private void GoBack()
    {
        layers.set_state(chance!);
        buffers.Restore();
    }

    private void DropGradients()
    {
        foreach (var parameter in network.Parameters)
            parameter.Value.grad = null;
    }

    private DlException OptimizerFails(Exception shortage) => OutOfMemory(
        $"The step of optimizer {options.Optimizer.Entry.Name} needs more memory than {device} has left{MemoryShortage.Asked(shortage)}. "
        + "Choose an optimizer that keeps less, such as SGD, or a smaller model; a batch smaller than "
        + $"{options.BatchSize} leaves more room too. The model keeps its last good parameters.", shortage);

    private DlException BatchFails(Exception shortage)
    {
        if (!MayCut(pass.Parts) || Fitting(pass.Parts * 2) is not { } parts)
            return NoneFits(shortage);
        return OutOfMemory($"A step with a batch of {options.BatchSize} needs more memory than {device} has left{MemoryShortage.Asked(shortage)}. "
            + $"A batch of {PartSize(parts)} fits: say -BatchSize {PartSize(parts)} -AccumulateSteps {options.AccumulateSteps * parts}, which learns the same"
            + (options.AutoBatchSize ? "" : ", or -AutoBatchSize") + ". The model keeps its parameters of before the step.", shortage);
    }

    private DlException NoneFits(Exception? shortage) => OutOfMemory(
        $"A step with a batch of {options.BatchSize} needs more memory than {device} has left{(shortage is null ? "" : MemoryShortage.Asked(shortage))}, "
        + $"and so does one of {SmallestPart()}. Choose a smaller model or smaller samples, or a device with more memory. "
        + "The model keeps its parameters of before the step.", shortage);

    private DlException OutOfMemory(string message, Exception? shortage) =>
        new("OutOfMemory", DlErrorKind.NotAvailable, message, options.BatchSize, shortage);
}

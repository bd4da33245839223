using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>The errors of steps that do not fit into memory (<c>OutOfMemory</c>).</summary>
internal sealed class BatchFitErrors(TrainingOptions options, Device device)
{
    /// <summary>The optimizer's state does not fit; parameters may have moved.</summary>
    public DlException OptimizerFails(Exception shortage) => Error(
        $"The step of optimizer {options.Optimizer.Entry.Name} needs more memory than {device} has left"
        + $"{MemoryShortage.Asked(shortage)}. Use an optimizer with less state, such as SGD, a smaller model, or a "
        + $"batch smaller than {options.BatchSize}. The model keeps its last good parameters.", shortage);

    /// <summary>A batch does not fit, but a smaller one does.</summary>
    public DlException BatchFails(int size, int parts, Exception shortage) => Error(
        $"A step with a batch of {options.BatchSize} needs more memory than {device} has "
        + $"left{MemoryShortage.Asked(shortage)}. A batch of {size} fits: use -BatchSize {size} -AccumulateSteps "
        + $"{options.AccumulateSteps * parts}, which learns the same"
        + (options.AutoBatchSize ? "" : ", or -AutoBatchSize")
        + ". The model keeps its parameters from before the step.", shortage);

    /// <summary>Not even the smallest part of a batch fits.</summary>
    public DlException NoneFits(int smallest, Exception? shortage) => Error(
        $"A step with a batch of {options.BatchSize} needs more memory than {device} has left"
        + (shortage is null ? "" : MemoryShortage.Asked(shortage))
        + $", and so does one of {smallest}. Use a smaller model, smaller samples, or a device with more memory. "
        + "The model keeps its parameters from before the step.", shortage);

    private DlException Error(string message, Exception? shortage) =>
        new("OutOfMemory", DlErrorKind.NotAvailable, message, options.BatchSize, shortage);
}

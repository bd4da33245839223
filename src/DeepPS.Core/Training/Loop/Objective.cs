using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>What a player makes small: a batch in, a loss and the outputs for the metrics out.</summary>
internal abstract class Objective : IDisposable
{
    /// <summary>The fewest samples that a part of a batch may have.</summary>
    public virtual int SmallestPart => 1;

    /// <summary>Runs a batch forward, with gradients.</summary>
    public abstract ObjectiveValue Compute(Batch batch);

    /// <summary>How much a batch's loss counts beside those of other batches, a tensor of no axes; null: by its samples.</summary>
    public virtual Tensor? Weight(Batch batch) => null;

    /// <summary>Names the layer for which torch refuses a gradient; null: the error is another one.</summary>
    /// <param name="error">What torch says.</param>
    /// <param name="batch">The batch whose gradient was asked for.</param>
    public virtual DlException? Explain(ExternalException error, Batch batch) => null;

    /// <summary>Frees tensors.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>The value of an objective for a batch.</summary>
/// <param name="Output">The network's output, for metrics.</param>
/// <param name="Loss">The mean loss, a tensor of no axes, for the record.</param>
/// <param name="Total">What the gradient is taken of, a tensor of no axes: the loss with everything that is added to it.</param>
internal readonly record struct ObjectiveValue(Tensor Output, Tensor Loss, Tensor Total);

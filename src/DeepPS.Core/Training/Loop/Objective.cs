using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>What a player minimises: takes a batch, returns a loss and the outputs for the metrics.</summary>
internal abstract class Objective : IDisposable
{
    /// <summary>The fewest samples that a part of a batch may have.</summary>
    public virtual int SmallestPart => 1;

    /// <summary>The number of torch's threads on the thread that computes it; null: that of the training.</summary>
    public virtual int? Threads => null;

    /// <summary>Runs the forward pass of a batch, with gradients.</summary>
    public abstract ObjectiveValue Compute(Batch batch);

    /// <summary>Runs the backward pass, which adds to the gradients of the parameters.</summary>
    /// <param name="total">The value of the last forward pass to differentiate.</param>
    public virtual void Backward(Tensor total) => total.backward();

    /// <summary>
    /// The weight of a batch's loss beside those of other batches, a scalar; null: its number of samples.
    /// </summary>
    public virtual Tensor? Weight(Batch batch) => null;

    /// <summary>Names the layer for which torch has no gradient; null: the error is a different one.</summary>
    /// <param name="error">Torch's error.</param>
    /// <param name="batch">The batch of the backward pass.</param>
    public virtual DlException? Explain(ExternalException error, Batch batch) => null;

    /// <summary>Frees tensors.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>The value of an objective for a batch.</summary>
/// <param name="Output">The network's output, for metrics.</param>
/// <param name="Loss">The mean loss for the record, a scalar.</param>
/// <param name="Total">The value to differentiate, a scalar: the loss with everything that is added to it.</param>
internal readonly record struct ObjectiveValue(Tensor Output, Tensor Loss, Tensor Total);

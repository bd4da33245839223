using DeepPS.Inference;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Learns from the samples of an epoch: step by step, or by solving an equation.</summary>
internal abstract class EpochLearner : IDisposable
{
    /// <summary>Loss and metrics over the samples of the epoch so far; null before the first.</summary>
    public MetricSet? Sums { get; private protected set; }

    /// <summary>The learning rate of the last step; 0 if the optimizer takes no steps.</summary>
    public virtual double LearningRate => 0;

    /// <summary>Learns from the remaining samples of the epoch.</summary>
    /// <returns>Whether it reached the end of the epoch.</returns>
    public abstract bool Learn(CancellationToken cancel);

    /// <summary>Frees the sums of the epoch.</summary>
    public virtual void EndEpoch()
    {
        Sums?.Dispose();
        Sums = null;
    }

    /// <summary>Resets the optimizers, which continue from the current parameters.</summary>
    /// <param name="steps">The step count to continue with; null: unchanged.</param>
    public virtual void Restart(long? steps)
    {
    }

    /// <summary>Finds the number of parts into which batches must be cut, before the first step.</summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public virtual void FitBatches()
    {
    }

    /// <summary>Saves the state between two steps for a checkpoint.</summary>
    public virtual void Save(StateBag state) => Sums?.Save(state.Part("sums"));

    /// <summary>Restores the state that <see cref="Save"/> saved.</summary>
    public abstract void Load(StateBag state);

    /// <inheritdoc/>
    public virtual void Dispose() => Sums?.Dispose();
}

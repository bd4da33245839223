using DeepPS.Inference;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>How an epoch learns from the training samples: by steps, or by solving.</summary>
internal abstract class EpochLearner : IDisposable
{
    /// <summary>Loss and metrics over the samples of the epoch so far; null before the first.</summary>
    public MetricSet? Sums { get; private protected set; }

    /// <summary>The learning rate of the last step; 0 where there are no steps.</summary>
    public virtual double LearningRate => 0;

    /// <summary>Learns from the samples of the epoch that are left.</summary>
    /// <returns>Whether it came to the end of the epoch.</returns>
    public abstract bool Learn(CancellationToken cancel);

    /// <summary>Forgets the sums of the epoch.</summary>
    public virtual void EndEpoch()
    {
        Sums?.Dispose();
        Sums = null;
    }

    /// <summary>Begins anew from the parameters that the network has now.</summary>
    /// <param name="steps">How many steps count as taken; null: as many as were.</param>
    public virtual void Restart(long? steps)
    {
    }

    /// <summary>Finds into how many parts batches must be cut, before the first step.</summary>
    /// <exception cref="Common.DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public virtual void FitBatches()
    {
    }

    /// <summary>Keeps the state between two steps for a checkpoint.</summary>
    public virtual void Save(StateBag state) => Sums?.Save(state.Part("sums"));

    /// <summary>Continues from what <see cref="Save"/> kept.</summary>
    public abstract void Load(StateBag state);

    /// <inheritdoc/>
    public virtual void Dispose() => Sums?.Dispose();
}

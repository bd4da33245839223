using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>A hook that measures something over the steps of an epoch, for its record.</summary>
internal abstract class EpochMeter : StepHook, IDisposable
{
    /// <summary>The values so far, by name; reading them waits for the device.</summary>
    public abstract IEnumerable<KeyValuePair<string, double>> Values();

    /// <summary>Begins an epoch.</summary>
    public abstract void Reset();

    /// <summary>Saves the sums within an epoch for a checkpoint.</summary>
    public abstract void Save(StateBag state);

    /// <summary>Restores the sums that <see cref="Save"/> saved.</summary>
    public abstract void Load(StateBag state);

    /// <inheritdoc/>
    public abstract void Dispose();
}

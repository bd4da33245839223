using DeepPS.Torch;

namespace DeepPS.Objectives;

/// <summary>The running sum of a metric over the batches of a set. It stays on the device until read.</summary>
public abstract class MetricSum : IDisposable
{
    /// <summary>Adds a batch.</summary>
    public abstract void Add(MetricBatch batch);

    /// <summary>The metric's values over all added batches, by name; NaN if there was none.</summary>
    /// <param name="name">The metric's name.</param>
    public abstract IEnumerable<KeyValuePair<string, double>> Values(string name);

    /// <summary>Saves the sum.</summary>
    internal abstract void Save(StateBag state);

    /// <summary>Loads the sum saved by <see cref="Save"/>.</summary>
    internal abstract void Load(StateBag state);

    /// <summary>Frees the sum.</summary>
    public abstract void Dispose();
}

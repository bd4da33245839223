using DeepPS.Torch;

namespace DeepPS.Objectives;

/// <summary>A metric's running sum over the batches of a set. It stays on the device until it is read.</summary>
public abstract class MetricSum : IDisposable
{
    /// <summary>Adds a batch.</summary>
    public abstract void Add(MetricBatch batch);

    /// <summary>The metric's values over all batches added, by name; NaN where there was none.</summary>
    /// <param name="name">The metric's name.</param>
    public abstract IEnumerable<KeyValuePair<string, double>> Values(string name);

    /// <summary>Keeps the sum so far.</summary>
    internal abstract void Save(StateBag state);

    /// <summary>Takes back the sum that <see cref="Save"/> kept.</summary>
    internal abstract void Load(StateBag state);

    /// <summary>Frees the sum.</summary>
    public abstract void Dispose();
}

using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a model is judged by. It is exact over the whole set, not a mean of batches.</summary>
public abstract record Metric : CatalogItem
{
    /// <summary>The kind of label that the metric works on.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>Whether more is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>Begins a new sum on a device.</summary>
    public abstract MetricSum Begin(Device device);
}

/// <summary>A metric's running sum over the batches of a set. It stays on the device until it is read.</summary>
public abstract class MetricSum : IDisposable
{
    /// <summary>Adds a batch.</summary>
    /// <param name="prediction">Class numbers (batch), int64, for class labels; else numbers of the target's shape, in the label's unit.</param>
    /// <param name="target">Class numbers (batch), int64; or numbers, in the label's unit.</param>
    public abstract void Add(Tensor prediction, Tensor target);

    /// <summary>The metric over all batches added; NaN where there was none.</summary>
    public abstract double Value { get; }

    /// <summary>Frees the sum.</summary>
    public abstract void Dispose();
}

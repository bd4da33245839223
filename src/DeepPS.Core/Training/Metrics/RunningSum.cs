using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Sums that stay on the device over the batches of a set, beside the count of numbers, which the host knows.
/// </summary>
internal abstract class RunningSum(Device device, int sums, ScalarType type) : MetricSum
{
    /// <summary>The sums, 0 at first, tensors of no axes.</summary>
    protected Tensor[] Sums { get; } = Enumerable.Range(0, sums)
        .Select(_ => zeros(Array.Empty<long>(), dtype: type, device: device).DetachFromDisposeScope()).ToArray();

    /// <summary>How many numbers were added before.</summary>
    protected long Count { get; private set; }

    public sealed override double Value => Count == 0 ? double.NaN : Compute();

    public sealed override void Add(Tensor prediction, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        AddBatch(prediction, target);
        Count += target.numel();
    }

    public sealed override void Dispose()
    {
        foreach (var sum in Sums)
            sum.Dispose();
    }

    /// <summary>Adds a batch to the sums.</summary>
    protected abstract void AddBatch(Tensor prediction, Tensor target);

    /// <summary>The metric from the sums over one number or more.</summary>
    protected abstract double Compute();
}

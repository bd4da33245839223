using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Sums over the batches of a set that stay on the device, with counts on the host.</summary>
/// <param name="device">Where the sums are.</param>
/// <param name="sums">The number of sums.</param>
/// <param name="type">Their type.</param>
/// <param name="byNumber">Whether each number of a label has its own sums.</param>
internal abstract class RunningSum(Device device, int sums, ScalarType type, bool byNumber = false) : MetricSum
{
    /// <summary>The sums, 0 at first: tensors of no axes, or (numbers of a label).</summary>
    protected Tensor[] Sums { get; private set; } = [];

    /// <summary>The number of samples or places added before.</summary>
    protected long Samples { get; private set; }

    /// <summary>The number of numbers added before.</summary>
    protected long Count { get; private set; }

    /// <summary>The metric over all added batches; NaN if there was none.</summary>
    public double Value => Count == 0 ? double.NaN : Compute();

    public sealed override IEnumerable<KeyValuePair<string, double>> Values(string name) => [new(name, Value)];

    public sealed override void Add(MetricBatch batch)
    {
        var count = batch.Target.numel();
        if (count == 0)
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        if (Sums.Length == 0)
            Sums = Enumerable.Range(0, sums).Select(_ => Zero(batch.Target)).ToArray();
        AddBatch(batch);
        Samples += batch.Target.shape[0];
        Count += count;
    }

    internal sealed override void Save(StateBag state)
    {
        state.Put("counts", Samples, Count, Sums.Length);
        foreach (var (i, sum) in Sums.Index())
            state.Put($"sum{i}", sum);
    }

    internal sealed override void Load(StateBag state)
    {
        var counts = state.Longs("counts", 3);
        (Samples, Count) = (counts[0], counts[1]);
        Dispose();
        Sums = Enumerable.Range(0, (int)counts[2])
            .Select(i => state.Tensor($"sum{i}").to(device).clone().DetachFromDisposeScope()).ToArray();
    }

    public sealed override void Dispose()
    {
        foreach (var sum in Sums)
            sum.Dispose();
    }

    /// <summary>Adds a batch of one number or more to the sums.</summary>
    protected abstract void AddBatch(MetricBatch batch);

    /// <summary>The metric from the sums over one number or more.</summary>
    protected abstract double Compute();

    private Tensor Zero(Tensor target) =>
        zeros(byNumber ? [target.numel() / target.shape[0]] : Array.Empty<long>(), dtype: type, device: device)
        .DetachFromDisposeScope();
}

using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Several metrics and the loss, summed over the batches of a set without reading the device.</summary>
internal sealed class MetricSet : IDisposable
{
    private readonly IReadOnlyList<Metric> metrics;
    private readonly MetricSum[] sums;
    private readonly OutputReader reader;
    private readonly Tensor lossSum;
    private long count;

    public MetricSet(IReadOnlyList<Metric> metrics, OutputReader reader, Device device)
    {
        this.metrics = metrics;
        this.reader = reader;
        sums = metrics.Select(metric => metric.Begin(device)).ToArray();
        lossSum = zeros([], dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
    }

    /// <summary>The mean loss so far: it waits for the device.</summary>
    public double Loss => lossSum.ToDouble() / count;

    /// <summary>The metrics by name: it waits for the device.</summary>
    /// <param name="prefix">What to put before each name.</param>
    public IEnumerable<KeyValuePair<string, double>> Values(string prefix = "") =>
        metrics.Zip(sums, (metric, sum) => KeyValuePair.Create(prefix + metric.Entry.Name, sum.Value));

    /// <summary>Adds a batch: its mean loss, the network's output, the targets.</summary>
    public void Add(Tensor loss, Tensor output, Tensor target)
    {
        using var noGradient = no_grad();
        var samples = target.shape[0];
        lossSum.add_(loss.detach().mul(samples));
        count += samples;
        if (sums.Length == 0)
            return;
        var prediction = reader.Predictions(output);
        var expected = reader.Targets(target);
        foreach (var sum in sums)
            sum.Add(prediction, expected);
    }

    public void Dispose()
    {
        lossSum.Dispose();
        foreach (var sum in sums)
            sum.Dispose();
    }
}

using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>The loss and several metrics, summed over the batches of a set without reading the device.</summary>
internal sealed class MetricSet : IDisposable
{
    private readonly IReadOnlyList<Metric> metrics;
    private readonly MetricSum[] sums;
    private readonly OutputReader reader;
    private readonly Tensor lossSum;
    private readonly Tensor weightSum;
    private long count;

    public MetricSet(IReadOnlyList<Metric> metrics, OutputReader reader, Device device)
    {
        this.metrics = metrics;
        this.reader = reader;
        sums = metrics.Select(metric => metric.Begin(device, reader.Classes)).ToArray();
        lossSum = zeros([], dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        weightSum = zeros([], dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
    }

    /// <summary>The mean loss so far; reading it waits for the device.</summary>
    public double Loss => lossSum.ToDouble() / Math.Max(count + weightSum.ToDouble(), double.Epsilon);

    /// <summary>The confusion matrix, if it is one of the metrics.</summary>
    public IReadOnlyList<ConfusionMatrixRow>? Matrix => sums.OfType<ConfusionSum>().FirstOrDefault()?.Rows();

    /// <summary>The metrics by name; reading them waits for the device.</summary>
    /// <param name="prefix">The prefix of each name.</param>
    public IEnumerable<KeyValuePair<string, double>> Values(string prefix = "") =>
        metrics.Zip(sums).SelectMany(pair => pair.Second.Values(prefix + pair.First.Name));

    /// <summary>Adds a batch.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="weight">The weight of the loss, a scalar tensor; null for the number of samples.</param>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The targets.</param>
    /// <param name="gaps">Whether places may have no class.</param>
    public void Add(Tensor loss, Tensor? weight, Tensor output, Tensor target, bool gaps)
    {
        using var noGradient = no_grad();
        if (weight is null)
        {
            lossSum.add_(loss.detach().mul(target.shape[0]));
            count += target.shape[0];
        }
        else
        {
            lossSum.add_(loss.detach().mul(weight));
            weightSum.add_(weight);
        }

        if (sums.Length == 0)
            return;
        using var batch = reader.Read(output, target, gaps);
        foreach (var sum in sums)
            sum.Add(batch);
    }

    /// <summary>Saves the sums.</summary>
    public void Save(StateBag state)
    {
        state.Put("loss", lossSum);
        state.Put("weight", weightSum);
        state.Put("count", count);
        foreach (var (i, sum) in sums.Index())
            sum.Save(state.Part($"{i}"));
    }

    /// <summary>Loads the sums saved by <see cref="Save"/>.</summary>
    public void Load(StateBag state)
    {
        using var noGradient = no_grad();
        lossSum.copy_(state.Tensor("loss"));
        weightSum.copy_(state.Tensor("weight"));
        count = state.Long("count");
        foreach (var (i, sum) in sums.Index())
            sum.Load(state.Part($"{i}"));
    }

    public void Dispose()
    {
        lossSum.Dispose();
        weightSum.Dispose();
        foreach (var sum in sums)
            sum.Dispose();
    }
}

using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of metrics computed from the counts of samples, predictions and correct predictions per
/// class.</summary>
public abstract record CountMetric : Metric
{
    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new CountSum(device, classes, this);

    /// <summary>The values by name.</summary>
    private protected abstract IEnumerable<KeyValuePair<string, double>> Values(string name, ClassCounts counts);

    private sealed class CountSum(Device device, IReadOnlyList<string> classes, CountMetric metric) : MetricSum
    {
        private readonly Tensor counts = zeros([3, classes.Count], dtype: ScalarType.Int64, device: device)
            .DetachFromDisposeScope();

        public override void Add(MetricBatch batch)
        {
            using var scope = NewDisposeScope();
            counts.add_(batch.ClassCounts);
        }

        public override IEnumerable<KeyValuePair<string, double>> Values(string name)
        {
            using var scope = NewDisposeScope();
            var rows = counts.to(ScalarType.Float64).cpu().data<double>().ToArray().Chunk(classes.Count).ToArray();
            return metric.Values(name, new ClassCounts(classes, rows[0], rows[1], rows[2])).ToArray();
        }

        internal override void Save(StateBag state) => state.Put("counts", counts);

        internal override void Load(StateBag state) => counts.copy_(state.Tensor("counts"));

        public override void Dispose() => counts.Dispose();
    }
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of metrics computed from the order of samples by score. For two classes the value is that of the
/// second by name; for more, each class is compared with the rest. A class without samples, or with all samples, gives
/// NaN and is left out of means.</summary>
public abstract record ScoreMetric : Metric
{
    /// <summary>How the values of the classes are averaged.</summary>
    [Setting(Position = 0)]
    public ClassAverage Average { get; init; }

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => true;

    public override string Name => ClassAverages.Name(Entry.Name, Average);

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new ScoreSum(device, classes, this);

    /// <summary>The value from the cumulative counts of samples of the class and of others at each distinct score, from
    /// the highest on; both float64.</summary>
    private protected abstract Tensor Of(Tensor own, Tensor others);

    private double Value(Tensor scores, Tensor isOwn)
    {
        var (sorted, order) = scores.sort(0, descending: true);
        var count = sorted.shape[0];
        // Samples with equal scores are one threshold: only the last of each is used.
        var ends = cat(
            [sorted.narrow(0, 1, count - 1).ne(sorted.narrow(0, 0, count - 1)),
                ones(1, dtype: ScalarType.Bool, device: sorted.device)]);
        var places = ends.nonzero().flatten();
        var own = isOwn.index_select(0, order).to(ScalarType.Float64).cumsum(0).index_select(0, places);
        var others = places.to(ScalarType.Float64).add(1).sub(own);
        return own[-1].item<double>() is var all && (all == 0 || all == count)
            ? double.NaN
            : Of(own, others).item<double>();
    }

    private sealed class ScoreSum(Device device, IReadOnlyList<string> classes, ScoreMetric metric) : MetricSum
    {
        private readonly List<Tensor> scores = [];
        private readonly List<Tensor> targets = [];

        public override void Add(MetricBatch batch)
        {
            scores.Add(batch.Scores.clone().DetachFromDisposeScope());
            targets.Add(batch.Target.clone().DetachFromDisposeScope());
        }

        public override IEnumerable<KeyValuePair<string, double>> Values(string name)
        {
            using var scope = NewDisposeScope();
            if (targets.Sum(batch => batch.shape[0]) == 0)
                return (metric.Average != ClassAverage.PerClass ? [name] : classes.Select(of => $"{name}_{of}"))
                    .Select(value => KeyValuePair.Create(value, double.NaN)).ToArray();
            var (all, target) = (cat(scores), cat(targets));
            var own = target.unsqueeze(1).eq(arange(classes.Count, device: target.device));
            var each = classes.Select((_, i) => metric.Value(all.select(1, i), own.select(1, i))).ToArray();
            return ClassAverages.Values(metric.Average, name, classes, each,
                own.sum([0]).to(ScalarType.Float64).cpu().data<double>().ToArray(),
                () => metric.Value(all.flatten(), own.flatten())).ToArray();
        }

        internal override void Save(StateBag state)
        {
            if (scores.Count == 0)
                return;
            using var scope = NewDisposeScope();
            state.Put("scores", cat(scores));
            state.Put("targets", cat(targets));
        }

        internal override void Load(StateBag state)
        {
            if (!state.Has("scores"))
                return;
            scores.Add(state.Tensor("scores").to(device).clone().DetachFromDisposeScope());
            targets.Add(state.Tensor("targets").to(device).clone().DetachFromDisposeScope());
        }

        public override void Dispose()
        {
            foreach (var tensor in scores.Concat(targets))
                tensor.Dispose();
        }
    }
}

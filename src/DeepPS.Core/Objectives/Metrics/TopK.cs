using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Top-K accuracy: the share of samples whose class is among the K most likely ones.</summary>
/// <remarks>Equally likely classes are ordered from the last name to the first. scikit-learn's
/// <c>top_k_accuracy_score</c>.</remarks>
[CatalogEntry("TopK", "TopKAccuracy")]
public sealed record TopK : Metric
{
    /// <summary>The number of classes that count as correct.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int K { get; init; } = 5;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => true;

    public override string Name => $"Top{K}";

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new HitSum(device, K);

    private sealed class HitSum(Device device, int k) : RunningSum(device, sums: 1, ScalarType.Int64)
    {
        protected override void AddBatch(MetricBatch batch)
        {
            var target = batch.Target.unsqueeze(1);
            var own = batch.Scores.gather(1, target);
            var later = arange(batch.Classes, device: target.device).unsqueeze(0).gt(target);
            var before = batch.Scores.gt(own).logical_or(batch.Scores.eq(own).logical_and(later)).sum(1);
            Sums[0].add_(before.lt(k).sum());
        }

        protected override double Compute() => (double)Sums[0].item<long>() / Count;
    }
}

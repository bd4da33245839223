using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Accuracy: the share of correct classes. In a sequence it counts places; with several names, each yes or
/// no.</summary>
/// <remarks>scikit-learn's <c>accuracy_score</c>.</remarks>
[CatalogEntry("Accuracy")]
public sealed record Accuracy : Metric
{
    public override LabelKind LabelKind => LabelKind.Class;

    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Labels;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new HitSum(device);

    private sealed class HitSum(Device device) : RunningSum(device, sums: 1, ScalarType.Int64)
    {
        protected override void AddBatch(MetricBatch batch) => Sums[0].add_(batch.Prediction.eq(batch.Target).sum());

        protected override double Compute() => (double)Sums[0].item<long>() / Count;
    }
}

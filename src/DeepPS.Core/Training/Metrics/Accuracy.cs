using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The share of samples whose class is right.</summary>
[CatalogEntry("Accuracy")]
public sealed record Accuracy : Metric
{
    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Class;

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override MetricSum Begin(Device device) => new HitSum(device);

    private sealed class HitSum(Device device) : RunningSum(device, sums: 1, ScalarType.Int64)
    {
        protected override void AddBatch(Tensor prediction, Tensor target) => Sums[0].add_(prediction.eq(target).sum());

        protected override double Compute() => (double)Sums[0].item<long>() / Count;
    }
}

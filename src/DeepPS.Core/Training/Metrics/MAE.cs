using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The mean of the errors without their signs, in the label's unit.</summary>
[CatalogEntry("MAE", "MeanAbsoluteError")]
public sealed record MAE : Metric
{
    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Number;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override MetricSum Begin(Device device) => new ErrorSum(device);

    private sealed class ErrorSum(Device device) : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(Tensor prediction, Tensor target) =>
            Sums[0].add_(prediction.to_type(ScalarType.Float64).sub(target).abs().sum());

        protected override double Compute() => Sums[0].item<double>() / Count;
    }
}

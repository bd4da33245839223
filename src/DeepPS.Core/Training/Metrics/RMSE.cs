using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The root of the mean squared error, in the label's unit.</summary>
[CatalogEntry("RMSE", "RootMeanSquaredError")]
public sealed record RMSE : Metric
{
    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Number;

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override MetricSum Begin(Device device) => new SquareSum(device);

    private sealed class SquareSum(Device device) : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(Tensor prediction, Tensor target) =>
            Sums[0].add_(prediction.to_type(ScalarType.Float64).sub(target).square().sum());

        protected override double Compute() => Math.Sqrt(Sums[0].item<double>() / Count);
    }
}

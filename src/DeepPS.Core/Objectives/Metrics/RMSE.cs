using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Root mean squared error, in the label's unit.</summary>
/// <remarks>A label of several numbers gives the mean of their roots, as scikit-learn's
/// <c>mean_squared_error(squared=False)</c>; the reconstruction of an autoencoder gives the root of the mean over all
/// numbers, the root of its loss MSE.</remarks>
[CatalogEntry("RMSE", "RootMeanSquaredError")]
public sealed record RMSE : Metric
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool HigherIsBetter => false;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new SquareSum(device);

    private sealed class SquareSum(Device device) : RunningSum(device, sums: 1, ScalarType.Float64, byNumber: true)
    {
        private bool isOneSignal;

        protected override void AddBatch(MetricBatch batch)
        {
            isOneSignal = batch.IsOneSignal;
            Sums[0].add_(batch.Prediction.to_type(ScalarType.Float64).sub(batch.Target).square()
                .reshape(batch.Target.shape[0], -1).sum([0]));
        }

        protected override double Compute()
        {
            var squares = Sums[0].div(Samples);
            return (isOneSignal ? squares.mean().sqrt() : squares.sqrt().mean()).item<double>();
        }
    }
}

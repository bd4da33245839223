using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>R2: the share of the label's variance that the model explains. 1 is perfect, 0 is no better than the
/// mean.</summary>
/// <remarks>1 - squared errors / squared deviations of the label from its mean; a label of several numbers gives their
/// mean, the reconstruction of an autoencoder one value over all of its numbers. As in scikit-learn's <c>r2_score</c>,
/// a constant label gives 1 if all predictions are exact, else 0, and a single sample gives NaN.</remarks>
[CatalogEntry("R2", "RSquared")]
public sealed record R2 : Metric
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new VarianceSum(device);

    private sealed class VarianceSum(Device device) : RunningSum(device, sums: 3, ScalarType.Float64, byNumber: true)
    {
        private bool isOneSignal;

        private Tensor Errors => Sums[0];

        private Tensor Mean => Sums[1];

        private Tensor Deviations => Sums[2];

        /// <summary>Mean and squared deviations are merged by the rule of Chan, Golub and LeVeque (1979), which stays
        /// accurate for a mean much larger than the spread.</summary>
        protected override void AddBatch(MetricBatch batch)
        {
            var count = batch.Target.shape[0];
            var label = batch.Target.to_type(ScalarType.Float64).reshape(count, -1);
            isOneSignal = batch.IsOneSignal;
            Errors.add_(label.sub(batch.Prediction.reshape(count, -1)).square().sum([0]));
            var mean = label.mean([0]);
            var change = mean.sub(Mean);
            Deviations.add_(label.sub(mean).square().sum([0]));
            Deviations.add_(change.square().mul((double)Samples * count / (Samples + count)));
            Mean.add_(change.mul((double)count / (Samples + count)));
        }

        protected override double Compute()
        {
            if (Samples < 2)
                return double.NaN;
            if (isOneSignal)
                return Of(Errors.sum().item<double>(), Deviations.sum().item<double>());
            return Errors.cpu().data<double>().ToArray().Zip(Deviations.cpu().data<double>().ToArray(),
                Of).Average();
        }

        private static double Of(double errors, double deviations) =>
            deviations > 0 ? 1 - errors / deviations : errors > 0 ? 0 : 1;
    }
}

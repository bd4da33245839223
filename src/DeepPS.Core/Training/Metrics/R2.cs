using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// The share of the label's variance that the model explains: 1 is perfect, 0 is no better than the mean.
/// </summary>
/// <remarks>
/// 1 - squared errors / squared deviations of the label from its mean, over all numbers. As scikit-learn has it, a
/// label
/// that never changes gives 1 where every prediction is right and 0 otherwise, and one number alone gives NaN.
/// </remarks>
[CatalogEntry("R2", "RSquared")]
public sealed record R2 : Metric
{
    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Number;

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override MetricSum Begin(Device device) => new VarianceSum(device);

    private sealed class VarianceSum(Device device) : RunningSum(device, sums: 3, ScalarType.Float64)
    {
        private Tensor Errors => Sums[0];

        private Tensor Mean => Sums[1];

        private Tensor Deviations => Sums[2];

        /// <summary>
        /// Mean and squared deviations are joined by the rule of Chan, Golub and LeVeque (1979), which keeps all digits
        /// where
        /// the label is large beside its spread.
        /// </summary>
        protected override void AddBatch(Tensor prediction, Tensor target)
        {
            var count = target.numel();
            if (count == 0)
                return;
            var label = target.to_type(ScalarType.Float64);
            Errors.add_(label.sub(prediction).square().sum());
            var mean = label.mean();
            var change = mean.sub(Mean);
            Deviations.add_(label.sub(mean).square().sum());
            Deviations.add_(change.square().mul((double)Count * count / (Count + count)));
            Mean.add_(change.mul((double)count / (Count + count)));
        }

        protected override double Compute()
        {
            if (Count < 2)
                return double.NaN;
            var errors = Errors.item<double>();
            var deviations = Deviations.item<double>();
            return deviations > 0 ? 1 - errors / deviations : errors > 0 ? 0 : 1;
        }
    }
}

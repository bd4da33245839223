using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>The share of the label's variance that the model explains: 1 is perfect, 0 is no better than the
/// mean.</summary>
/// <remarks>1 - squared errors / squared deviations of the label from its mean; where a label has several numbers, the
/// mean over them. As scikit-learn's <c>r2_score</c> has it, a number that never changes gives 1 where every prediction
/// is right and 0 otherwise, and one sample alone gives NaN.</remarks>
[CatalogEntry("R2", "RSquared")]
public sealed record R2 : Metric
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new VarianceSum(device);

    private sealed class VarianceSum(Device device) : RunningSum(device, sums: 3, ScalarType.Float64, byNumber: true)
    {
        private Tensor Errors => Sums[0];

        private Tensor Mean => Sums[1];

        private Tensor Deviations => Sums[2];

        /// <summary>Mean and squared deviations are joined by the rule of Chan, Golub and LeVeque (1979), which keeps
        /// all digits where the label is large beside its spread.</summary>
        protected override void AddBatch(MetricBatch batch)
        {
            var count = batch.Target.shape[0];
            var label = batch.Target.to_type(ScalarType.Float64).reshape(count, -1);
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
            return Errors.cpu().data<double>().ToArray().Zip(Deviations.cpu().data<double>().ToArray(),
                (errors, deviations) => deviations > 0 ? 1 - errors / deviations : errors > 0 ? 0 : 1).Average();
        }
    }
}

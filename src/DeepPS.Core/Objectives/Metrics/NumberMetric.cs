using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of metrics that are a mean over numbers.</summary>
public abstract record NumberMetric : Metric
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool HigherIsBetter => false;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new MeanSum(device, this);

    /// <summary>The values to average, from predictions and targets, float64.</summary>
    private protected abstract Tensor Each(Tensor prediction, Tensor target);

    private sealed class MeanSum(Device device, NumberMetric metric) : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(MetricBatch batch) =>
            Sums[0].add_(metric.Each(batch.Prediction.to_type(ScalarType.Float64),
                batch.Target.to_type(ScalarType.Float64)).sum());

        protected override double Compute() => Sums[0].item<double>() / Count;
    }
}

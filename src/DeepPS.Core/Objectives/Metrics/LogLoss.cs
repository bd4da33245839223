using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>The mean of minus the logarithm of the probability that the model gives to the right class.</summary>
/// <remarks>A probability below 2.2e-16 counts as that, as in scikit-learn's <c>log_loss</c> of float64.</remarks>
[CatalogEntry("LogLoss")]
public sealed record LogLoss : Metric
{
    private static readonly double Least = Math.BitIncrement(1.0) - 1;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => false;

    public override bool NeedsProbabilities => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new LogSum(device, Least, mean => mean);

    /// <summary>The mean of -ln p of the right classes, and what is made of it.</summary>
    internal sealed class LogSum(Device device, double least, Func<double, double> result)
        : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(MetricBatch batch) =>
            Sums[0].sub_(batch.Probabilities.gather(1, batch.Target.unsqueeze(1)).clamp_min(least).log().sum());

        protected override double Compute() => result(Sums[0].item<double>() / Count);
    }
}

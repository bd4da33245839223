using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Log loss: the mean of minus the log probability of the true class.</summary>
/// <remarks>Probabilities are at least 2.2e-16, as in scikit-learn's <c>log_loss</c> of float64.</remarks>
[CatalogEntry("LogLoss")]
public sealed record LogLoss : Metric
{
    private static readonly double Least = Math.BitIncrement(1.0) - 1;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Text;

    public override bool HigherIsBetter => false;

    public override bool NeedsProbabilities => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new LogSum(device, Least, mean => mean);

    /// <summary>The mean of -ln p of the true classes, and a function of it.</summary>
    internal sealed class LogSum(Device device, double least, Func<double, double> result)
        : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(MetricBatch batch) =>
            Sums[0].sub_(batch.Probabilities.gather(1, batch.Target.unsqueeze(1)).clamp_min(least).log().sum());

        protected override double Compute() => result(Sums[0].item<double>() / Count);
    }
}

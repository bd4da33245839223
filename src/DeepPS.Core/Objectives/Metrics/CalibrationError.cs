using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Expected calibration error: how far the probability of predicted classes is from the share of them that is
/// correct.</summary>
/// <remarks>The most likely classes are sorted into bins of equal width by their probability; the error is the mean of
/// the bins' differences, weighted by their samples (Guo et al., On calibration of modern neural networks, 2017). 0 is
/// perfect.</remarks>
[CatalogEntry("CalibrationError", "ECE")]
public sealed record CalibrationError : Metric
{
    /// <summary>The number of bins.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Bins { get; init; } = 15;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => false;

    public override bool NeedsProbabilities => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new BinSum(device, Bins);

    /// <summary>The sums of probabilities and of hits in each bin.</summary>
    private sealed class BinSum(Device device, int bins) : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(MetricBatch batch)
        {
            var (sure, classes) = batch.Probabilities.max(1);
            // A probability on the border of two bins is in the lower one.
            var bin = sure.mul(bins).ceil().sub(1).clamp(0, bins - 1).to(ScalarType.Int64);
            var errors = sure.sub(classes.eq(batch.Target).to(ScalarType.Float64));
            if (Sums[0].ndim == 0)
            {
                Sums[0].Dispose();
                Sums[0] = zeros(bins, dtype: ScalarType.Float64, device: errors.device).DetachFromDisposeScope();
            }

            Sums[0].index_add_(0, bin, errors, 1);
        }

        protected override double Compute() => Sums[0].abs().sum().item<double>() / Count;
    }
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Mean absolute percentage error as a fraction: 0.1 is ten percent.</summary>
/// <remarks>Over all numbers of a label; a label of 0 counts as 2.2e-16. scikit-learn's
/// <c>mean_absolute_percentage_error</c>.</remarks>
[CatalogEntry("MAPE", "MeanAbsolutePercentageError")]
public sealed record MAPE : NumberMetric
{
    private protected override Tensor Each(Tensor prediction, Tensor target) =>
        prediction.sub(target).abs().div(target.abs().clamp_min(Math.BitIncrement(1.0) - 1));
}

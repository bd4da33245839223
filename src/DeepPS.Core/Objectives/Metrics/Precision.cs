using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>Precision: the share of predictions of a class that are correct.</summary>
/// <remarks>0 for a class that was never predicted. scikit-learn's <c>precision_score</c>.</remarks>
[CatalogEntry("Precision")]
public sealed record Precision : AveragedMetric
{
    private protected override double Of(double hits, double predicted, double actual, double total) =>
        Share(hits, predicted);
}

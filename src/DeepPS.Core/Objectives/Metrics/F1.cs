using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>The harmonic mean of precision and recall.</summary>
/// <remarks>2 hits / (predicted + there). scikit-learn's <c>f1_score</c>.</remarks>
[CatalogEntry("F1", "FScore")]
public sealed record F1 : AveragedMetric
{
    private protected override double Of(double hits, double predicted, double actual, double total) =>
        Share(2 * hits, predicted + actual);
}

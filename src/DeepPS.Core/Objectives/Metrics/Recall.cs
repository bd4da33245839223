using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>How many of the samples of a class were predicted as it.</summary>
/// <remarks>0 for a class that was predicted but is not there. scikit-learn's <c>recall_score</c>.</remarks>
[CatalogEntry("Recall", "Sensitivity")]
public sealed record Recall : AveragedMetric
{
    private protected override double Of(double hits, double predicted, double actual, double total) =>
        Share(hits, actual);
}

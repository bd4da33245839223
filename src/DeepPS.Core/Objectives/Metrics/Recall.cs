using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>Recall: the share of samples of a class that were predicted as it.</summary>
/// <remarks>0 for a class that was predicted but does not occur. scikit-learn's <c>recall_score</c>.</remarks>
[CatalogEntry("Recall", "Sensitivity")]
public sealed record Recall : AveragedMetric
{
    private protected override double Of(double hits, double predicted, double actual, double total) =>
        Share(hits, actual);
}

using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>Cohen's kappa: agreement beyond chance. 1 is perfect, 0 is chance level.</summary>
/// <remarks>(agreement - agreement by chance) / (1 - agreement by chance) (Cohen 1960); NaN if all samples are of one
/// class and predicted as such. scikit-learn's <c>cohen_kappa_score</c>.</remarks>
[CatalogEntry("Kappa", "CohenKappa")]
public sealed record Kappa : CountMetric
{
    private protected override IEnumerable<KeyValuePair<string, double>> Values(string name, ClassCounts counts)
    {
        var chance = counts.Predicted.Zip(counts.Actual, (p, a) => p * a).Sum() / counts.Total;
        return [new(name, (counts.Hits.Sum() - chance) / (counts.Total - chance))];
    }
}

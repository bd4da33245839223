using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>Matthews correlation coefficient between predicted and true classes: 1 is perfect, 0 is chance
/// level.</summary>
/// <remarks>Matthews (1975), over several classes as in Gorodkin (2004); 0 if all samples are of one class or predicted
/// as one. scikit-learn's <c>matthews_corrcoef</c>.</remarks>
[CatalogEntry("MCC", "MatthewsCorrelation")]
public sealed record MCC : CountMetric
{
    private protected override IEnumerable<KeyValuePair<string, double>> Values(string name, ClassCounts counts)
    {
        var square = counts.Total * counts.Total;
        var together = counts.Hits.Sum() * counts.Total - counts.Predicted.Zip(counts.Actual, (p, a) => p * a).Sum();
        var spread = (square - counts.Predicted.Sum(p => p * p)) * (square - counts.Actual.Sum(a => a * a));
        return [new(name, counts.Total == 0 ? double.NaN : spread == 0 ? 0 : together / Math.Sqrt(spread))];
    }
}

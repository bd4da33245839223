using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Objectives;

/// <summary>What metrics of each class share. A mean is over the classes that there are or that were predicted, as
/// scikit-learn has it; alone, a class that is neither has NaN.</summary>
public abstract record AveragedMetric : CountMetric
{
    /// <summary>How the values of the classes become one.</summary>
    [Setting(Position = 0)]
    public ClassAverage Average { get; init; }

    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Labels;

    public override string Name => ClassAverages.Name(Entry.Name, Average);

    /// <summary>The value of a class, or of all together.</summary>
    /// <param name="hits">How many samples were predicted rightly as it.</param>
    /// <param name="predicted">How many were predicted as it.</param>
    /// <param name="actual">How many are it.</param>
    /// <param name="total">How many samples there are.</param>
    private protected abstract double Of(double hits, double predicted, double actual, double total);

    private protected sealed override IEnumerable<KeyValuePair<string, double>> Values(string name, ClassCounts counts)
    {
        var each = counts.Classes.Select((_, i) => counts.Predicted[i] + counts.Actual[i] == 0 ? double.NaN
            : Of(counts.Hits[i], counts.Predicted[i], counts.Actual[i], counts.Total)).ToArray();
        return ClassAverages.Values(Average, name, counts.Classes, each, counts.Actual,
            () => counts.Total == 0 ? double.NaN
            : Of(counts.Hits.Sum(), counts.Predicted.Sum(), counts.Actual.Sum(), counts.Total * counts.Classes.Count));
    }

    /// <summary>A share, 0 of nothing.</summary>
    private protected static double Share(double part, double all) => all == 0 ? 0 : part / all;
}

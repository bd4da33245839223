using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Objectives;

/// <summary>Base of metrics per class. For two classes the value is that of the second by name. Means are over the
/// classes that occur or were predicted, as in scikit-learn; PerClass gives NaN for other classes.</summary>
public abstract record AveragedMetric : CountMetric
{
    /// <summary>How the values of the classes are averaged.</summary>
    [Setting(Position = 0)]
    public ClassAverage Average { get; init; }

    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Labels;

    public override string Name => ClassAverages.Name(Entry.Name, Average);

    /// <summary>The value of a class, or of all classes together.</summary>
    /// <param name="hits">The correct predictions of the class.</param>
    /// <param name="predicted">The predictions of the class.</param>
    /// <param name="actual">The samples of the class.</param>
    /// <param name="total">The number of samples.</param>
    private protected abstract double Of(double hits, double predicted, double actual, double total);

    private protected sealed override IEnumerable<KeyValuePair<string, double>> Values(string name, ClassCounts counts)
    {
        var each = counts.Classes.Select((_, i) => counts.Predicted[i] + counts.Actual[i] == 0 ? double.NaN
            : Of(counts.Hits[i], counts.Predicted[i], counts.Actual[i], counts.Total)).ToArray();
        return ClassAverages.Values(Average, name, counts.Classes, each, counts.Actual,
            () => counts.Total == 0 ? double.NaN
            : Of(counts.Hits.Sum(), counts.Predicted.Sum(), counts.Actual.Sum(), counts.Total * counts.Classes.Count),
            OfNames);
    }

    /// <summary>A share; 0 if there is nothing to divide by.</summary>
    private protected static double Share(double part, double all) => all == 0 ? 0 : part / all;
}

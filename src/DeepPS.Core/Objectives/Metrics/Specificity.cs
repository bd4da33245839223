using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Objectives;

/// <summary>Specificity: the share of samples of other classes that were not predicted as the class.</summary>
/// <remarks>NaN for a class with all samples. The recall of the complement of the class.</remarks>
[CatalogEntry("Specificity")]
public sealed record Specificity : AveragedMetric
{
    public override bool Suits(LabelKind kind) => kind == LabelKind;

    private protected override double Of(double hits, double predicted, double actual, double total) =>
        (total - predicted - actual + hits) / (total - actual);
}

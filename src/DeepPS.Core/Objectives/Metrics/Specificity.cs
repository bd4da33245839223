using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Objectives;

/// <summary>How many of the samples that are not of a class were not predicted as it.</summary>
/// <remarks>NaN for a class that all samples are of. It is the recall of all that is not the class.</remarks>
[CatalogEntry("Specificity")]
public sealed record Specificity : AveragedMetric
{
    public override bool Suits(LabelKind kind) => kind == LabelKind;

    private protected override double Of(double hits, double predicted, double actual, double total) =>
        (total - predicted - actual + hits) / (total - actual);
}

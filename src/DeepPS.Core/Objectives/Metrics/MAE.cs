using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Mean absolute error, in the label's unit.</summary>
/// <remarks>Over all numbers of a label. scikit-learn's <c>mean_absolute_error</c>.</remarks>
[CatalogEntry("MAE", "MeanAbsoluteError")]
public sealed record MAE : NumberMetric
{
    private protected override Tensor Each(Tensor prediction, Tensor target) => prediction.sub(target).abs();
}

using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Mean squared error, in the label's unit squared.</summary>
/// <remarks>Over all numbers of a label. scikit-learn's <c>mean_squared_error</c>.</remarks>
[CatalogEntry("MSE", "MeanSquaredError")]
public sealed record MSE : NumberMetric
{
    private protected override Tensor Each(Tensor prediction, Tensor target) => prediction.sub(target).square();
}

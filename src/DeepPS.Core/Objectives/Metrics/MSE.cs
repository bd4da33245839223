using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>The mean of the squared errors, in the square of the label's unit.</summary>
/// <remarks>Over all numbers of a label. scikit-learn's <c>mean_squared_error</c>.</remarks>
[CatalogEntry("MSE", "MeanSquaredError")]
public sealed record MSE : NumberMetric
{
    private protected override Tensor Each(Tensor prediction, Tensor target) => prediction.sub(target).square();
}

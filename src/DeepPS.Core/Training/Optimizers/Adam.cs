using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// A step by the mean gradient over the root of the mean square, which adapts the rate of each parameter.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.Adam</c>. From Kingma and Ba (2014); AmsGrad from Reddi, Kale and Kumar (2018).
/// </remarks>
[CatalogEntry("Adam")]
public sealed record Adam : AdaptiveMoments
{
    private protected override bool DecaysParameters => false;
}

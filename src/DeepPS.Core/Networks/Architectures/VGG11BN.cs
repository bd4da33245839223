using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-11 with batch normalisation after each convolution.</summary>
/// <remarks>132,868,840 parameters for 1,000 classes, torchvision's <c>vgg11_bn</c>; the same as VGG11 -BatchNorm.</remarks>
[CatalogEntry("VGG11BN", "VGG11_BN")]
public sealed record VGG11BN : VGG
{
    /// <summary>Makes it with batch normalisation.</summary>
    public VGG11BN() => BatchNorm = true;

    private protected override int[] Convolutions => [1, 1, 2, 2, 2];
}

using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-16 with batch normalisation after each convolution.</summary>
/// <remarks>138,365,992 parameters for 1,000 classes, torchvision's <c>vgg16_bn</c>; the same as VGG16 -BatchNorm.</remarks>
[CatalogEntry("VGG16BN", "VGG16_BN")]
public sealed record VGG16BN : VGG
{
    /// <summary>Makes it with batch normalisation.</summary>
    public VGG16BN() => BatchNorm = true;

    private protected override int[] Convolutions => [2, 2, 3, 3, 3];
}

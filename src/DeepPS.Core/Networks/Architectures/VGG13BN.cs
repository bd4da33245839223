using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-13 with batch normalisation after each convolution.</summary>
/// <remarks>133,053,736 parameters for 1,000 classes, torchvision's <c>vgg13_bn</c>; the same as VGG13 -BatchNorm.</remarks>
[CatalogEntry("VGG13BN", "VGG13_BN")]
public sealed record VGG13BN : VGG
{
    /// <summary>Makes it with batch normalisation.</summary>
    public VGG13BN() => BatchNorm = true;

    private protected override int[] Convolutions => [2, 2, 2, 2, 2];
}

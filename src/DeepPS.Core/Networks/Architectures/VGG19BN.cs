using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-19 with batch normalisation after each convolution.</summary>
/// <remarks>143,678,248 parameters for 1,000 classes, torchvision's <c>vgg19_bn</c>; the same as VGG19 -BatchNorm.</remarks>
[CatalogEntry("VGG19BN", "VGG19_BN")]
public sealed record VGG19BN : VGG
{
    /// <summary>Makes it with batch normalisation.</summary>
    public VGG19BN() => BatchNorm = true;

    private protected override int[] Convolutions => [2, 2, 4, 4, 4];
}

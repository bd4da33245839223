using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-11: eight 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>132,863,336 parameters for 1,000 classes, torchvision's <c>vgg11</c>. Simonyan and Zisserman (2014).</remarks>
[CatalogEntry("VGG11")]
public sealed record VGG11 : VGG
{
    private protected override int[] Convolutions => [1, 1, 2, 2, 2];
}

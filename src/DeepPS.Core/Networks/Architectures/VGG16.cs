using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-16: thirteen 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>138,357,544 parameters for 1,000 classes, torchvision's <c>vgg16</c>. Simonyan and Zisserman (2014).</remarks>
[CatalogEntry("VGG16")]
public sealed record VGG16 : VGG
{
    private protected override int[] Convolutions => [2, 2, 3, 3, 3];
}

using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-13: ten 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>133,047,848 parameters for 1,000 classes, torchvision's <c>vgg13</c>. Simonyan and Zisserman (2014).</remarks>
[CatalogEntry("VGG13")]
public sealed record VGG13 : VGG
{
    private protected override int[] Convolutions => [2, 2, 2, 2, 2];
}

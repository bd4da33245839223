using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>VGG-19: sixteen 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>143,667,240 parameters for 1,000 classes, torchvision's <c>vgg19</c>. Simonyan and Zisserman (2014).</remarks>
[CatalogEntry("VGG19")]
public sealed record VGG19 : VGG
{
    private protected override int[] Convolutions => [2, 2, 4, 4, 4];
}

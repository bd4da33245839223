using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>ResNet-18: 18 layers that learn what to add to their input, the smallest for ImageNet.</summary>
/// <remarks>11,689,512 parameters for 1,000 classes, torchvision's <c>resnet18</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet18")]
public sealed record ResNet18 : ResNet
{
    private protected override int[] Blocks => [2, 2, 2, 2];
}

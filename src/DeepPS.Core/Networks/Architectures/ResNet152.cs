using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>ResNet-152: 152 layers in residual bottleneck blocks, the deepest for ImageNet.</summary>
/// <remarks>60,192,808 parameters for 1,000 classes, torchvision's <c>resnet152</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet152")]
public sealed record ResNet152 : ResNet
{
    private protected override int[] Blocks => [3, 8, 36, 3];

    private protected override bool Bottleneck => true;
}

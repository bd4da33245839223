using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>ResNet-101: 101 layers in residual bottleneck blocks.</summary>
/// <remarks>44,549,160 parameters for 1,000 classes, torchvision's <c>resnet101</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet101")]
public sealed record ResNet101 : ResNet
{
    private protected override int[] Blocks => [3, 4, 23, 3];

    private protected override bool Bottleneck => true;
}

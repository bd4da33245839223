using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>ResNet-50: 50 layers in residual blocks that narrow, look and widen (bottlenecks).</summary>
/// <remarks>25,557,032 parameters for 1,000 classes, torchvision's <c>resnet50</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet50")]
public sealed record ResNet50 : ResNet
{
    private protected override int[] Blocks => [3, 4, 6, 3];

    private protected override bool Bottleneck => true;
}

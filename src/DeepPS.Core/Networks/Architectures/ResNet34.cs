using DeepPS.Catalog;

namespace DeepPS.Networks;

/// <summary>ResNet-34: 34 layers in residual blocks of two 3x3 convolutions.</summary>
/// <remarks>21,797,672 parameters for 1,000 classes, torchvision's <c>resnet34</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet34")]
public sealed record ResNet34 : ResNet
{
    private protected override int[] Blocks => [3, 4, 6, 3];
}

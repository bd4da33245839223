using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the residual networks for CIFAR images by their published names: a <see cref="CifarResNet"/> of
/// some depth.</summary>
/// <remarks>3x32x32 to a logit for each class. He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition
/// (2015), section 4.2.</remarks>
public abstract record PublishedCifarResNet : Architecture
{
    private readonly int depth;

    private protected PublishedCifarResNet(int depth) => this.depth = depth;

    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 10;

    public sealed override Shape InputShape => new(3, 32, 32);

    public sealed override IReadOnlyList<Layer> Layers(Shape? input = null) =>
        new CifarResNet { Depth = depth, Classes = Classes }.Layers(input);
}

/// <summary>ResNet-20 for CIFAR images: the smallest of them.</summary>
/// <remarks>269,722 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet20")]
public sealed record ResNet20() : PublishedCifarResNet(20);

/// <summary>ResNet-32 for CIFAR images.</summary>
/// <remarks>464,154 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet32")]
public sealed record ResNet32() : PublishedCifarResNet(32);

/// <summary>ResNet-44 for CIFAR images.</summary>
/// <remarks>658,586 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet44")]
public sealed record ResNet44() : PublishedCifarResNet(44);

/// <summary>ResNet-56 for CIFAR images.</summary>
/// <remarks>853,018 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet56")]
public sealed record ResNet56() : PublishedCifarResNet(56);

/// <summary>ResNet-110 for CIFAR images, the one of the paper's best result.</summary>
/// <remarks>1,727,962 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet110")]
public sealed record ResNet110() : PublishedCifarResNet(110);

/// <summary>ResNet-1202 for CIFAR images: more than a thousand layers, which train, but fit too well.</summary>
/// <remarks>19,421,274 parameters for ten classes. He and others (2015).</remarks>
[CatalogEntry("ResNet1202")]
public sealed record ResNet1202() : PublishedCifarResNet(1202);

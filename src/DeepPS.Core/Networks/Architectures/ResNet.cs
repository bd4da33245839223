using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the residual networks for ImageNet: a 7x7 convolution, then four stages of residual
/// blocks.</summary>
/// <remarks>He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition (2015), with torchvision's order of
/// parameters and initial values: stride on the 3x3 convolution of a bottleneck, projection shortcuts where the shape
/// changes.</remarks>
public abstract record ResNet : ImageClassifier
{
    /// <summary>KaimingNormal by FanOut, for ReLU.</summary>
    internal static readonly KaimingNormal KaimingFanOut =
        new() { Nonlinearity = Nonlinearity.ReLU, Mode = FanMode.FanOut };

    private static readonly ConvStyle Conv = new(KaimingFanOut, new ReLU());
    private static readonly ConvStyle Linear = Conv with { Activation = null };

    private readonly int depth;

    private protected ResNet(int depth) => this.depth = depth;

    /// <summary>The number of blocks in each stage.</summary>
    private int[] Blocks => depth switch
    {
        18 => [2, 2, 2, 2],
        101 => [3, 4, 23, 3],
        152 => [3, 8, 36, 3],
        _ => [3, 4, 6, 3],
    };

    /// <summary>Whether a block has convolutions 1x1, 3x3 and 1x1 (four times the filters) instead of two
    /// 3x3.</summary>
    private bool Bottleneck => depth >= 50;

    public sealed override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Conv.Filter(64, 7, 2, 3) with { Name = "conv1" },
        new BatchNorm { Name = "bn1", Activation = new ReLU() },
        new MaxPool2d { Name = "maxpool", KernelSize = 3, Stride = 2, Padding = 1 },
        .. Enumerable.Range(0, 4).SelectMany(Stage),
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dense { Name = "fc", Units = Classes },
    ];

    private IEnumerable<Layer> Stage(int stage)
    {
        var filters = 64 << stage;
        for (var block = 0; block < Blocks[stage]; block++)
        {
            var stride = block == 0 && stage > 0 ? 2 : 1;
            var outputs = Bottleneck ? 4 * filters : filters;
            yield return new Residual
            {
                Name = $"layer{stage + 1}.{block}",
                Body = Bottleneck
                    ? new([.. Conv.Of(filters, 1), .. Conv.Same(filters, 3, stride), .. Linear.Of(outputs, 1)])
                    : new([.. Conv.Same(filters, 3, stride), .. Linear.Same(filters, 3)]),
                Shortcut = stride > 1 || block == 0 && Bottleneck ? Linear.Of(outputs, 1, stride) : new(),
                Activation = new ReLU(),
            };
        }
    }
}

/// <summary>ResNet-18: 18 layers that learn what to add to their input, the smallest for ImageNet.</summary>
/// <remarks>11,689,512 parameters for 1,000 classes, torchvision's <c>resnet18</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet18")]
public sealed record ResNet18() : ResNet(18);

/// <summary>ResNet-34: 34 layers in residual blocks of two 3x3 convolutions.</summary>
/// <remarks>21,797,672 parameters for 1,000 classes, torchvision's <c>resnet34</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet34")]
public sealed record ResNet34() : ResNet(34);

/// <summary>ResNet-50: 50 layers in residual blocks that narrow, look and widen (bottlenecks).</summary>
/// <remarks>25,557,032 parameters for 1,000 classes, torchvision's <c>resnet50</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet50")]
public sealed record ResNet50() : ResNet(50);

/// <summary>ResNet-101: 101 layers in residual bottleneck blocks.</summary>
/// <remarks>44,549,160 parameters for 1,000 classes, torchvision's <c>resnet101</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet101")]
public sealed record ResNet101() : ResNet(101);

/// <summary>ResNet-152: 152 layers in residual bottleneck blocks, the deepest for ImageNet.</summary>
/// <remarks>60,192,808 parameters for 1,000 classes, torchvision's <c>resnet152</c>. He and others (2015).</remarks>
[CatalogEntry("ResNet152")]
public sealed record ResNet152() : ResNet(152);

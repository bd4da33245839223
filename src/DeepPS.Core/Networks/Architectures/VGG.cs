using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the VGG networks: 3x3 convolutions in five stages, then three large Dense layers.</summary>
/// <remarks>Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition (2014), with
/// torchvision's order of parameters and initial values. Images of any size are pooled to 7x7.</remarks>
public abstract record VGG : ImageClassifier
{
    private static readonly ReLU Relu = new();
    private static readonly Normal SmallNormal = new() { StandardDeviation = 0.01 };
    private readonly int depth;

    private protected VGG(int depth, bool batchNorm = false) => (this.depth, BatchNorm) = (depth, batchNorm);

    /// <summary>The number of units of the two hidden Dense layers.</summary>
    [Setting(Minimum = 1)]
    public int Hidden { get; init; } = 4096;

    /// <summary>The dropout probability of hidden units.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Whether batch normalization follows each convolution, as in the networks named BN.</summary>
    [Setting]
    public bool BatchNorm { get; init; }

    /// <summary>The number of convolutions in each of the five stages.</summary>
    private int[] Convolutions => depth switch
    {
        11 => [1, 1, 2, 2, 2],
        13 => [2, 2, 2, 2, 2],
        16 => [2, 2, 3, 3, 3],
        _ => [2, 2, 4, 4, 4],
    };

    public sealed override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        .. Enumerable.Range(0, 5).SelectMany(Stage),
        new AdaptiveAvgPool2d { Name = "avgpool", OutputSize = 7 },
        new Flatten { Name = "flatten" },
        Classifier("fc1", Hidden, Relu),
        new Dropout { Name = "dropout1", Probability = Dropout },
        Classifier("fc2", Hidden, Relu),
        new Dropout { Name = "dropout2", Probability = Dropout },
        Classifier("fc3", Classes, null),
    ];

    private IEnumerable<Layer> Stage(int stage)
    {
        for (var i = 1; i <= Convolutions[stage]; i++)
        {
            yield return new Conv2d
            {
                Name = $"conv{stage + 1}_{i}", Filters = Math.Min(64 << stage, 512), Padding = 1,
                Activation = BatchNorm ? null : Relu, WeightInitializer = ResNet.KaimingFanOut,
                BiasInitializer = new Zeros(),
            };
            if (BatchNorm)
                yield return new BatchNorm { Name = $"bn{stage + 1}_{i}", Activation = Relu };
        }

        yield return new MaxPool2d { Name = $"pool{stage + 1}" };
    }

    private static Dense Classifier(string name, int units, Activation? activation) => new()
    {
        Name = name, Units = units, Activation = activation, WeightInitializer = SmallNormal,
        BiasInitializer = new Zeros(),
    };
}

/// <summary>VGG-11: eight 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>132,863,336 parameters for 1,000 classes, torchvision's <c>vgg11</c>. Simonyan and Zisserman
/// (2014).</remarks>
[CatalogEntry("VGG11")]
public sealed record VGG11() : VGG(11);

/// <summary>VGG-11 with batch normalisation after each convolution.</summary>
/// <remarks>132,868,840 parameters for 1,000 classes, torchvision's <c>vgg11_bn</c>; the same as VGG11
/// -BatchNorm.</remarks>
[CatalogEntry("VGG11BN", "VGG11_BN")]
public sealed record VGG11BN() : VGG(11, batchNorm: true);

/// <summary>VGG-13: ten 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>133,047,848 parameters for 1,000 classes, torchvision's <c>vgg13</c>. Simonyan and Zisserman
/// (2014).</remarks>
[CatalogEntry("VGG13")]
public sealed record VGG13() : VGG(13);

/// <summary>VGG-13 with batch normalisation after each convolution.</summary>
/// <remarks>133,053,736 parameters for 1,000 classes, torchvision's <c>vgg13_bn</c>; the same as VGG13
/// -BatchNorm.</remarks>
[CatalogEntry("VGG13BN", "VGG13_BN")]
public sealed record VGG13BN() : VGG(13, batchNorm: true);

/// <summary>VGG-16: thirteen 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>138,357,544 parameters for 1,000 classes, torchvision's <c>vgg16</c>. Simonyan and Zisserman
/// (2014).</remarks>
[CatalogEntry("VGG16")]
public sealed record VGG16() : VGG(16);

/// <summary>VGG-16 with batch normalisation after each convolution.</summary>
/// <remarks>138,365,992 parameters for 1,000 classes, torchvision's <c>vgg16_bn</c>; the same as VGG16
/// -BatchNorm.</remarks>
[CatalogEntry("VGG16BN", "VGG16_BN")]
public sealed record VGG16BN() : VGG(16, batchNorm: true);

/// <summary>VGG-19: sixteen 3x3 convolutions in five stages and three Dense layers.</summary>
/// <remarks>143,667,240 parameters for 1,000 classes, torchvision's <c>vgg19</c>. Simonyan and Zisserman
/// (2014).</remarks>
[CatalogEntry("VGG19")]
public sealed record VGG19() : VGG(19);

/// <summary>VGG-19 with batch normalisation after each convolution.</summary>
/// <remarks>143,678,248 parameters for 1,000 classes, torchvision's <c>vgg19_bn</c>; the same as VGG19
/// -BatchNorm.</remarks>
[CatalogEntry("VGG19BN", "VGG19_BN")]
public sealed record VGG19BN() : VGG(19, batchNorm: true);

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What the VGG networks share: 3x3 convolutions in five stages, then three large Dense layers.</summary>
/// <remarks>
/// Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition (2014), with torchvision's
/// order of parameters and first values. Images of other sizes than 224x224 are pooled to the same 7x7 places.
/// </remarks>
public abstract record VGG : ImageClassifier
{
    private static readonly ReLU Relu = new();
    private static readonly Normal SmallNormal = new() { StandardDeviation = 0.01 };

    /// <summary>How many units the two hidden Dense layers have.</summary>
    [Setting(Minimum = 1)]
    public int Hidden { get; init; } = 4096;

    /// <summary>How probable it is that a hidden unit's output becomes 0 while training.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Whether batch normalisation follows each convolution: the networks named BN.</summary>
    [Setting]
    public bool BatchNorm { get; init; }

    /// <summary>How many convolutions each of the five stages has.</summary>
    private protected abstract int[] Convolutions { get; }

    /// <inheritdoc/>
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
                Activation = BatchNorm ? null : Relu, WeightInitializer = ResNet.KaimingFanOut, BiasInitializer = new Zeros(),
            };
            if (BatchNorm)
                yield return new BatchNorm { Name = $"bn{stage + 1}_{i}", Activation = Relu };
        }

        yield return new MaxPool2d { Name = $"pool{stage + 1}" };
    }

    private static Dense Classifier(string name, int units, Activation? activation) => new()
    {
        Name = name, Units = units, Activation = activation, WeightInitializer = SmallNormal, BiasInitializer = new Zeros(),
    };
}

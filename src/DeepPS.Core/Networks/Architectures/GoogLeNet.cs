using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>GoogLeNet: nine modules of parallel convolutions, and two auxiliary heads for training.</summary>
/// <remarks>13,004,888 parameters for 1,000 classes with its heads, 6,624,904 without; torchvision's <c>googlenet</c>
/// with its order of parameters and initial values. It has batch normalization, and 3x3 filters in place of the paper's
/// 5x5. Szegedy and others, Going Deeper with Convolutions (2014).</remarks>
[CatalogEntry("GoogLeNet", "InceptionV1")]
public sealed record GoogLeNet : ImageClassifier
{
    private static readonly TruncatedNormal Weights = new() { StandardDeviation = 0.01 };
    private static readonly ConvStyle Conv = new(Weights, new ReLU(), 1e-3);

    /// <summary>The dropout probability before the classifier.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.2;

    /// <summary>The weight of each auxiliary head in the loss; 0 removes the heads.</summary>
    [Setting(Minimum = 0)]
    public double AuxiliaryWeight { get; init; } = 0.3;

    /// <summary>The dropout probability of hidden units in the heads.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double AuxiliaryDropout { get; init; } = 0.7;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Sequential { Name = "conv1", Body = Conv.Same(64, 7, 2) },
        Pool("pool1", 3),
        new Sequential { Name = "conv2", Body = Conv.Of(64, 1) },
        new Sequential { Name = "conv3", Body = Conv.Same(192, 3) },
        Pool("pool2", 3),
        Module("inception3a", 64, 96, 128, 16, 32, 32),
        Module("inception3b", 128, 128, 192, 32, 96, 64),
        Pool("pool3", 3),
        Module("inception4a", 192, 96, 208, 16, 48, 64),
        Module("inception4b", 160, 112, 224, 24, 64, 64),
        Module("inception4c", 128, 128, 256, 24, 64, 64),
        Module("inception4d", 112, 144, 288, 32, 64, 64),
        Module("inception4e", 256, 160, 320, 32, 128, 128),
        Pool("pool4", 2),
        Module("inception5a", 256, 160, 320, 32, 128, 128),
        Module("inception5b", 384, 192, 384, 48, 128, 128),
        .. AuxiliaryWeight > 0 ? new[] { Head("aux1", "inception4a"), Head("aux2", "inception4d") } : [],
        new GlobalAvgPool2d { Name = "avgpool", From = ["inception5b"] },
        new Dropout { Name = "dropout", Probability = Dropout },
        new Dense { Name = "fc", Units = Classes, WeightInitializer = Weights },
    ];

    /// <summary>A module of four parallel branches: 1x1, 1x1 then 3x3 (twice), pooling then 1x1.</summary>
    private static ParallelLayer Module(
        string name, int one, int threeInputs, int three, int fiveInputs, int five, int pooled)
    {
        LayerList[] branches =
        [
            Conv.Of(one, 1),
            new([.. Conv.Of(threeInputs, 1), .. Conv.Same(three, 3)]),
            new([.. Conv.Of(fiveInputs, 1), .. Conv.Same(five, 3)]),
            new([new MaxPool2d { KernelSize = 3, Stride = 1, Padding = 1 }, .. Conv.Of(pooled, 1)]),
        ];
        return new() { Name = name, Branches = branches };
    }

    private Sequential Head(string name, string from) => new()
    {
        Name = name, From = [from], OutputWeight = AuxiliaryWeight,
        Body = new(
        [
            new AdaptiveAvgPool2d { OutputSize = 4 },
            .. Conv.Of(128, 1),
            new Flatten(),
            new Dense { Units = 1024, Activation = new ReLU(), WeightInitializer = Weights },
            new Dropout { Probability = AuxiliaryDropout },
            new Dense { Units = Classes, WeightInitializer = Weights },
        ]),
    };

    private static MaxPool2d Pool(string name, int kernel) =>
        new() { Name = name, KernelSize = kernel, Stride = 2, CeilMode = true };
}

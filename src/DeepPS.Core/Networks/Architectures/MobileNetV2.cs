using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>MobileNetV2: inverted residual blocks with depthwise convolutions, for small devices.</summary>
/// <remarks>3,504,872 parameters for 1,000 classes, torchvision's <c>mobilenet_v2</c> with its order of parameters and
/// initial values. Sandler, Howard, Zhu, Zhmoginov and Chen, MobileNetV2: Inverted Residuals and Linear Bottlenecks
/// (2018).</remarks>
[CatalogEntry("MobileNetV2")]
public sealed record MobileNetV2 : ImageClassifier
{
    private static readonly ConvStyle Conv = new(new KaimingNormal { Mode = FanMode.FanOut }, new ReLU6());
    private static readonly ConvStyle Linear = Conv with { Activation = null };

    /// <summary>For each stage: the expansion factor, the channels, the number of blocks, and the stride of the
    /// first.</summary>
    private static readonly (int Widening, int Channels, int Blocks, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>The factor of the channels of every layer.</summary>
    [Setting(Minimum = 0.1)]
    public double Width { get; init; } = 1;

    /// <summary>The dropout probability before the classifier.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.2;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Sequential { Name = "conv1", Body = Conv.Same(Channels(32), 3, 2) },
        .. Blocks(Channels(32)),
        new Sequential { Name = "conv2", Body = Conv.Of(Channels(1280, Math.Max(1, Width)), 1) },
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dropout { Name = "dropout", Probability = Dropout },
        new Dense
        {
            Name = "classifier", Units = Classes, WeightInitializer = new Normal { StandardDeviation = 0.01 },
            BiasInitializer = new Zeros(),
        },
    ];

    private IEnumerable<Layer> Blocks(int inputs)
    {
        foreach (var (i, stage) in Stages.Index())
        {
            for (var block = 0; block < stage.Blocks; block++)
            {
                var (outputs, inside, stride) = (Channels(stage.Channels), stage.Widening * inputs,
                    block == 0 ? stage.Stride : 1);
                LayerList body = new(
                [
                    .. stage.Widening > 1 ? Conv.Of(inside, 1) : new(),
                    .. Conv.Same(inside, 3, stride, groups: inside),
                    .. Linear.Of(outputs, 1),
                ]);
                var name = $"block{i + 1}.{block}";
                yield return stride == 1 && inputs == outputs
                    ? new Residual { Name = name, Body = body }
                    : new Sequential { Name = name, Body = body };
                inputs = outputs;
            }
        }
    }

    private int Channels(int channels) => Channels(channels, Width);

    /// <summary>Channels times width, rounded to a multiple of 8 that is at least 90% of it.</summary>
    private static int Channels(int channels, double width)
    {
        var rounded = Math.Max(8, (int)(channels * width + 4) / 8 * 8);
        return rounded < 0.9 * channels * width ? rounded + 8 : rounded;
    }
}

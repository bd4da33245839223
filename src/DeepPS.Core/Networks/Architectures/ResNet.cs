using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What the residual networks for ImageNet share: a 7x7 convolution, then four stages of blocks that add to what comes in.</summary>
/// <remarks>
/// He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition (2015), with torchvision's order of parameters
/// and first values: stride on the 3x3 convolution of a bottleneck, projection shortcuts where the shape changes.
/// </remarks>
public abstract record ResNet : ImageClassifier
{
    /// <summary>Normal by the outputs of a filter, for ReLU.</summary>
    internal static readonly KaimingNormal KaimingFanOut = new() { Nonlinearity = Nonlinearity.ReLU, Mode = FanMode.FanOut };

    private static readonly ConvStyle Conv = new(KaimingFanOut, new ReLU());
    private static readonly ConvStyle Linear = Conv with { Activation = null };

    /// <summary>How many blocks each stage has.</summary>
    private protected abstract int[] Blocks { get; }

    /// <summary>Whether a block is 1x1, 3x3 and 1x1 with four times the filters, not two of 3x3.</summary>
    private protected virtual bool Bottleneck => false;

    /// <inheritdoc/>
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

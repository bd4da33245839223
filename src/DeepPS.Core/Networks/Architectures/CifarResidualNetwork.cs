using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What the residual networks for small colour images share: a 3x3 convolution, then three stages of
/// blocks.</summary>
/// <remarks>3x32x32 to a logit for each class. He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition
/// (2015), section 4.2: where a stage halves the image, the shortcut takes every second place and has zeros for the
/// channels that are new.</remarks>
public abstract record CifarResidualNetwork : Architecture
{
    private protected static readonly ReLU Relu = new();
    private protected static readonly ConvStyle Conv = new(ResNet.KaimingFanOut, Relu);
    private protected static readonly ConvStyle Linear = Conv with { Activation = null };

    /// <summary>How many classes there are.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Classes { get; init; } = 10;

    public override Shape InputShape => new(3, 32, 32);

    /// <summary>How many blocks each stage has.</summary>
    private protected abstract int BlocksInAStage { get; }

    /// <summary>A block by its number in the network, from 0.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="filters">The filters of its 3x3 convolutions.</param>
    /// <param name="stride">The stride of the first of them.</param>
    private protected abstract Layer Block(string name, int number, int filters, int stride);

    /// <summary>The first layers.</summary>
    private protected virtual LayerList Stem => Conv.Same(16, 3);

    /// <summary>The layers between the last block and the mean of each channel.</summary>
    private protected virtual IEnumerable<Layer> End => [];

    public sealed override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Sequential { Name = "conv1", Body = Stem },
        .. Enumerable.Range(0, 3 * BlocksInAStage).Select(BlockAt),
        .. End,
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dense { Name = "fc", Units = Classes },
    ];

    /// <summary>A shortcut without parameters to twice the channels of half the size.</summary>
    private protected static LayerList HalvingShortcut(int channels) =>
        new(new AvgPool2d { KernelSize = 1, Stride = 2 }, new PadChannels { Channels = channels });

    private Layer BlockAt(int number)
    {
        var (stage, place) = Math.DivRem(number, BlocksInAStage);
        return Block($"layer{stage + 1}.{place}", number, 16 << stage, stage > 0 && place == 0 ? 2 : 1);
    }
}

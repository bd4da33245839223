using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the residual networks for CIFAR images: a 3x3 convolution, then three stages of blocks.</summary>
/// <remarks>3x32x32 to a logit for each class. He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition
/// (2015), section 4.2: a shortcut to a new stage takes every second place and pads the new channels with
/// zeros.</remarks>
public abstract record CifarResidualNetwork : Architecture
{
    private protected static readonly ReLU Relu = new();
    private protected static readonly ConvStyle Conv = new(ResNet.KaimingFanOut, Relu);
    private protected static readonly ConvStyle Linear = Conv with { Activation = null };

    /// <summary>The number of classes.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Classes { get; init; } = 10;

    public override Shape InputShape => new(3, 32, 32);

    /// <summary>The number of blocks in each stage.</summary>
    private protected abstract int BlocksInAStage { get; }

    /// <summary>Makes a block by its number in the network, from 0.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="filters">The filters of its 3x3 convolutions.</param>
    /// <param name="stride">The stride of its first 3x3 convolution.</param>
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

    /// <summary>A shortcut without parameters to twice the channels at half the size.</summary>
    private protected static LayerList HalvingShortcut(int channels) =>
        new(new AvgPool2d { KernelSize = 1, Stride = 2 }, new PadChannels { Channels = channels });

    private Layer BlockAt(int number)
    {
        var (stage, place) = Math.DivRem(number, BlocksInAStage);
        return Block($"layer{stage + 1}.{place}", number, 16 << stage, stage > 0 && place == 0 ? 2 : 1);
    }
}

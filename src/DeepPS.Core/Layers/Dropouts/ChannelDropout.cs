using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of dropouts that drop whole channels.</summary>
/// <remarks>From Tompson and others, Efficient Object Localization Using Convolutional Networks (2015).</remarks>
public abstract record ChannelDropout : DropoutLayer
{
    private readonly int axes;

    private protected ChannelDropout(int axes) => this.axes = axes;

    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(axes).Check(input);
        return input;
    }

    private protected sealed override long[] NoiseSizes(long[] input) =>
        [input[0], input[1], .. Enumerable.Repeat(1L, axes)];
}

/// <summary>Dropout of whole channels of a signal while training.</summary>
/// <remarks>Input: channels x length. PyTorch's <c>nn.Dropout1d</c>.</remarks>
[CatalogEntry("Dropout1d", "SpatialDropout1d")]
public sealed record Dropout1d() : ChannelDropout(1);

/// <summary>Dropout of whole channels of an image while training.</summary>
/// <remarks>Input: channels x height x width. PyTorch's <c>nn.Dropout2d</c>.</remarks>
[CatalogEntry("Dropout2d", "SpatialDropout")]
public sealed record Dropout2d() : ChannelDropout(2);

/// <summary>Dropout of whole channels of a volume while training.</summary>
/// <remarks>Input: channels x depth x height x width. PyTorch's <c>nn.Dropout3d</c>.</remarks>
[CatalogEntry("Dropout3d", "SpatialDropout3d")]
public sealed record Dropout3d() : ChannelDropout(3);

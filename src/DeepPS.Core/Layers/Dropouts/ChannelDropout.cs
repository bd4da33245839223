using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>What dropouts share that drop a whole channel or none of it.</summary>
/// <remarks>From Tompson and others, Efficient Object Localization Using Convolutional Networks (2015).</remarks>
public abstract record ChannelDropout : DropoutLayer
{
    /// <summary>How many spatial axes there are.</summary>
    private protected abstract int Axes { get; }

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(Axes).Check(input);
        return input;
    }

    private protected sealed override long[] NoiseSizes(long[] input) =>
        [input[0], input[1], .. Enumerable.Repeat(1L, Axes)];
}

using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What poolings share that say one number for each channel.</summary>
public abstract record GlobalPooling : UnaryLayer
{
    /// <summary>How many spatial axes there are.</summary>
    private protected abstract int Axes { get; }

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(Axes).Check(input);
        return new Shape(input[0]);
    }

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, _) => Pool(x);

    /// <summary>Pools a batch, (batch, channels, sizes) to (batch, channels).</summary>
    private protected abstract Tensor Pool(Tensor input);
}

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What poolings share whose windows are such that the output has a given size, whatever the input's.</summary>
/// <remarks>
/// Place i of n on an axis of m looks at those from floor(i m / n) up to ceil((i + 1) m / n).
/// </remarks>
public abstract record AdaptivePooling : UnaryLayer
{
    /// <summary>The output's size along each axis.</summary>
    [Setting(Position = 0, Required = true)]
    public Dims OutputSize { get; init; } = 1;

    /// <summary>How many spatial axes there are.</summary>
    private protected abstract int Axes { get; }

    /// <inheritdoc/>
    protected internal override void Validate() => Sizes();

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(Axes).Check(input);
        return new Shape([input[0], .. Sizes()]);
    }

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var sizes = Sizes();
        return (x, _) => Pool(x, sizes);
    }

    /// <summary>Pools a batch.</summary>
    private protected abstract Tensor Pool(Tensor input, long[] sizes);

    private long[] Sizes() => SpatialAxes.Of(Axes).Numbers(this, nameof(OutputSize), OutputSize, 1);
}

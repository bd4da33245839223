using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Base of adaptive pooling: the output has a given size, whatever the size of the input.</summary>
/// <remarks>Output i of n on an axis of length m reads places from floor(i m / n) up to ceil((i + 1) m / n).</remarks>
public abstract record AdaptivePooling : UnaryLayer
{
    private readonly int axes;
    private readonly bool isMax;

    private protected AdaptivePooling(int axes, bool isMax) => (this.axes, this.isMax) = (axes, isMax);

    /// <summary>The output's size along each axis.</summary>
    [Setting(Position = 0, Required = true)]
    public Dims OutputSize { get; init; } = 1;

    protected internal override void Validate() => Sizes();

    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(axes).Check(input);
        return new Shape([input[0], .. Sizes()]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var sizes = Sizes();
        return (axes, isMax) switch
        {
            (1, false) => (x, _) => F.adaptive_avg_pool1d(x, sizes[0]),
            (2, false) => (x, _) => F.adaptive_avg_pool2d(x, sizes),
            (_, false) => (x, _) => F.adaptive_avg_pool3d(x, sizes),
            (1, true) => (x, _) => F.adaptive_max_pool1d(x, sizes[0]),
            (2, true) => (x, _) => F.adaptive_max_pool2d(x, sizes),
            _ => (x, _) => MaxPool3d(x, sizes),
        };
    }

    /// <summary>The largest number of each box: the largest over its depth of the largest of each slice.</summary>
    /// <remarks>TorchSharp's own adaptive_max_pool3d calls the function for one axis.</remarks>
    private static Tensor MaxPool3d(Tensor input, long[] sizes)
    {
        var (batch, channels, depth) = (input.shape[0], input.shape[1], input.shape[2]);
        var slices = F.adaptive_max_pool2d(input.flatten(1, 2), sizes[1..]).reshape(batch, channels, depth, -1);
        return F.adaptive_max_pool1d(slices.transpose(2, 3).flatten(1, 2), sizes[0])
            .reshape(batch, channels, -1, sizes[0]).transpose(2, 3).reshape([batch, channels, .. sizes]);
    }

    private long[] Sizes() => SpatialAxes.Of(axes).Numbers(this, nameof(OutputSize), OutputSize, 1);
}

/// <summary>Adaptive average pooling of a signal: the mean of each of OutputSize parts.</summary>
/// <remarks>channels x length to channels x OutputSize. PyTorch's <c>nn.AdaptiveAvgPool1d</c>.</remarks>
[CatalogEntry("AdaptiveAvgPool1d", "AdaptiveAveragePool1d")]
public sealed record AdaptiveAvgPool1d() : AdaptivePooling(1, isMax: false);

/// <summary>Adaptive average pooling of an image: the mean of each of OutputSize parts.</summary>
/// <remarks>channels x height x width to channels x OutputSize. PyTorch's <c>nn.AdaptiveAvgPool2d</c>.</remarks>
[CatalogEntry("AdaptiveAvgPool2d", "AdaptiveAveragePool2d")]
public sealed record AdaptiveAvgPool2d() : AdaptivePooling(2, isMax: false);

/// <summary>Adaptive average pooling of a volume: the mean of each of OutputSize parts.</summary>
/// <remarks>channels x depth x height x width to channels x OutputSize. PyTorch's
/// <c>nn.AdaptiveAvgPool3d</c>.</remarks>
[CatalogEntry("AdaptiveAvgPool3d", "AdaptiveAveragePool3d")]
public sealed record AdaptiveAvgPool3d() : AdaptivePooling(3, isMax: false);

/// <summary>Adaptive max pooling of a signal: the largest number of each of OutputSize parts.</summary>
/// <remarks>channels x length to channels x OutputSize. PyTorch's <c>nn.AdaptiveMaxPool1d</c>.</remarks>
[CatalogEntry("AdaptiveMaxPool1d")]
public sealed record AdaptiveMaxPool1d() : AdaptivePooling(1, isMax: true);

/// <summary>Adaptive max pooling of an image: the largest number of each of OutputSize parts.</summary>
/// <remarks>channels x height x width to channels x OutputSize. PyTorch's <c>nn.AdaptiveMaxPool2d</c>.</remarks>
[CatalogEntry("AdaptiveMaxPool2d")]
public sealed record AdaptiveMaxPool2d() : AdaptivePooling(2, isMax: true);

/// <summary>Adaptive max pooling of a volume: the largest number of each of OutputSize parts.</summary>
/// <remarks>channels x depth x height x width to channels x OutputSize. PyTorch's
/// <c>nn.AdaptiveMaxPool3d</c>.</remarks>
[CatalogEntry("AdaptiveMaxPool3d")]
public sealed record AdaptiveMaxPool3d() : AdaptivePooling(3, isMax: true);

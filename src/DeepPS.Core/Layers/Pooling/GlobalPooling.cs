using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of global pooling: one number per channel.</summary>
public abstract record GlobalPooling : UnaryLayer
{
    private readonly int axes;
    private readonly bool isMax;

    private protected GlobalPooling(int axes, bool isMax) => (this.axes, this.isMax) = (axes, isMax);

    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(axes).Check(input);
        return new Shape(input[0]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var places = Enumerable.Range(2, axes).Select(axis => (long)axis).ToArray();
        return isMax ? (x, _) => x.flatten(2).max(2).values : (x, _) => x.mean(places);
    }
}

/// <summary>Global average pooling of a signal: the mean of each channel.</summary>
/// <remarks>channels x length to channels. PyTorch: <c>nn.AdaptiveAvgPool1d(1)</c> and <c>nn.Flatten()</c>.</remarks>
[CatalogEntry("GlobalAvgPool1d", "GlobalAveragePool1d")]
public sealed record GlobalAvgPool1d() : GlobalPooling(1, isMax: false);

/// <summary>Global average pooling of an image: the mean of each channel.</summary>
/// <remarks>channels x height x width to channels. PyTorch: <c>nn.AdaptiveAvgPool2d(1)</c> and <c>nn.Flatten()</c>.
/// From Lin, Chen and Yan, Network in Network (2013).</remarks>
[CatalogEntry("GlobalAvgPool2d", "GlobalAveragePool2d", "GlobalAvgPool")]
public sealed record GlobalAvgPool2d() : GlobalPooling(2, isMax: false);

/// <summary>Global average pooling of a volume: the mean of each channel.</summary>
/// <remarks>channels x depth x height x width to channels. PyTorch: <c>nn.AdaptiveAvgPool3d(1)</c> and
/// <c>nn.Flatten()</c>.</remarks>
[CatalogEntry("GlobalAvgPool3d", "GlobalAveragePool3d")]
public sealed record GlobalAvgPool3d() : GlobalPooling(3, isMax: false);

/// <summary>Global max pooling of a signal: the largest number of each channel.</summary>
/// <remarks>channels x length to channels. PyTorch: <c>nn.AdaptiveMaxPool1d(1)</c> and <c>nn.Flatten()</c>.</remarks>
[CatalogEntry("GlobalMaxPool1d")]
public sealed record GlobalMaxPool1d() : GlobalPooling(1, isMax: true);

/// <summary>Global max pooling of an image: the largest number of each channel.</summary>
/// <remarks>channels x height x width to channels. PyTorch: <c>nn.AdaptiveMaxPool2d(1)</c> and
/// <c>nn.Flatten()</c>.</remarks>
[CatalogEntry("GlobalMaxPool2d", "GlobalMaxPool")]
public sealed record GlobalMaxPool2d() : GlobalPooling(2, isMax: true);

/// <summary>Global max pooling of a volume: the largest number of each channel.</summary>
/// <remarks>channels x depth x height x width to channels. PyTorch: <c>nn.AdaptiveMaxPool3d(1)</c> and
/// <c>nn.Flatten()</c>.</remarks>
[CatalogEntry("GlobalMaxPool3d")]
public sealed record GlobalMaxPool3d() : GlobalPooling(3, isMax: true);

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Base of average pooling: the mean of each window.</summary>
public abstract record AvgPool : Pooling
{
    private protected AvgPool(int axes) => Axes = axes;

    /// <summary>Whether padding counts as zeros in the mean. If false, padding is left out of the mean.</summary>
    [Setting]
    public bool CountIncludePad { get; init; } = true;

    protected override Shape OutputShape(Shape input)
    {
        var output = base.OutputShape(input);
        // PyTorch refuses a volume smaller than the window even if padding makes up for it.
        return Axes < 3 || input.Skip(1).Zip(KernelSize.For(Axes)).All(axis => axis.First >= axis.Second) ? output
            : throw new ShapeException(
                $"{SpatialAxes.Of(Axes).Needs}, no axis shorter than KernelSize {KernelSize}", input);
    }

    private protected sealed override Tensor Pool(Tensor x, Window w) => Axes switch
    {
        1 => F.avg_pool1d(x, w.Kernel[0], w.Stride[0], w.Padding[0], CeilMode, CountIncludePad),
        2 => F.avg_pool2d(x, w.Kernel, w.Stride, w.Padding, CeilMode, CountIncludePad),
        _ => F.avg_pool3d(x, w.Kernel, w.Stride, w.Padding, CeilMode, CountIncludePad),
    };
}

/// <summary>Average pooling of a signal: the mean of each window.</summary>
/// <remarks>Input: channels x length. PyTorch's <c>nn.AvgPool1d</c>.</remarks>
[CatalogEntry("AvgPool1d", "AveragePool1d")]
public sealed record AvgPool1d() : AvgPool(1);

/// <summary>Average pooling of an image: the mean of each window.</summary>
/// <remarks>Input: channels x height x width. PyTorch's <c>nn.AvgPool2d</c>.</remarks>
[CatalogEntry("AvgPool2d", "AveragePool2d", "AvgPool")]
public sealed record AvgPool2d() : AvgPool(2);

/// <summary>Average pooling of a volume: the mean of each window.</summary>
/// <remarks>Input: channels x depth x height x width. PyTorch's <c>nn.AvgPool3d</c>.</remarks>
[CatalogEntry("AvgPool3d", "AveragePool3d")]
public sealed record AvgPool3d() : AvgPool(3);

using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Base of max pooling: the largest number of each window.</summary>
public abstract record MaxPool : Pooling
{
    private protected MaxPool(int axes) => Axes = axes;

    /// <summary>The distance between the places that the window reads.</summary>
    [Setting]
    public Dims Dilation { get; init; } = 1;

    private protected sealed override Dims Spacing => Dilation;

    private protected sealed override Tensor Pool(Tensor x, Window w) => Axes switch
    {
        1 => F.max_pool1d(x, w.Kernel[0], w.Stride[0], w.Padding[0], w.Dilation[0], CeilMode),
        2 => F.max_pool2d(x, w.Kernel, w.Stride, w.Padding, w.Dilation, CeilMode),
        _ => F.max_pool3d(x, w.Kernel, w.Stride, w.Padding, w.Dilation, CeilMode),
    };
}

/// <summary>Max pooling of a signal: the largest number of each window.</summary>
/// <remarks>Input: channels x length. PyTorch's <c>nn.MaxPool1d</c>.</remarks>
[CatalogEntry("MaxPool1d")]
public sealed record MaxPool1d() : MaxPool(1);

/// <summary>Max pooling of an image: the largest number of each window.</summary>
/// <remarks>Input: channels x height x width. PyTorch's <c>nn.MaxPool2d</c>.</remarks>
[CatalogEntry("MaxPool2d", "MaxPool")]
public sealed record MaxPool2d() : MaxPool(2);

/// <summary>Max pooling of a volume: the largest number of each window.</summary>
/// <remarks>Input: channels x depth x height x width. PyTorch's <c>nn.MaxPool3d</c>.</remarks>
[CatalogEntry("MaxPool3d")]
public sealed record MaxPool3d() : MaxPool(3);

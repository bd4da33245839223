using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Same = TorchSharp.Padding;

namespace DeepPS.Layers;

/// <summary>Base of convolutions: filters slide over the spatial axes.</summary>
public abstract record Convolution : GroupedConvolution
{
    private protected Convolution(int axes) => Axes = axes;

    /// <summary>Convolves a batch of images; each filter reads one group of the channels.</summary>
    internal static Tensor OfImages(Tensor x, Tensor weight, Tensor? bias, Window w, long groups) => w.Same
        ? F.conv2d_padding(x, weight, bias, w.Stride, Same.Same, w.Dilation, groups)
        : F.conv2d(x, weight, bias, w.Stride, w.Padding, w.Dilation, groups);

    internal override bool HasFactors => Groups == 1 && Axes <= 2;

    /// <summary>The patches of signals and images.</summary>
    internal override Tensor Factors(Tensor input)
    {
        var window = MakeWindow();
        var padded = nn.functional.pad(input, window.PaddingPairs());
        return Axes == 2
            ? F.unfold(padded, (window.Kernel[0], window.Kernel[1]), (window.Dilation[0], window.Dilation[1]), (0, 0),
                (window.Stride[0], window.Stride[1])).transpose(1, 2)
            : F.unfold(padded.unsqueeze(2), (1, window.Kernel[0]), (1, window.Dilation[0]), (0, 0),
                (1, window.Stride[0])).transpose(1, 2);
    }

    internal override Tensor Products(Tensor output) => output.flatten(2).transpose(1, 2);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        return BuildProduct(builder, [Filters, builder.Input[0] / Groups, .. window.Kernel],
            (x, weight, bias) => Convolve(x, weight, bias, window));
    }

    private Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, Window w) => (Axes, w.Same) switch
    {
        (1, true) => F.conv1d_padding(x, weight, bias, w.Stride[0], Same.Same, w.Dilation[0], Groups),
        (1, false) => F.conv1d(x, weight, bias, w.Stride[0], w.Padding[0], w.Dilation[0], Groups),
        (2, _) => OfImages(ChannelsLast.Of(x), weight, bias, w, Groups),
        (_, true) => F.conv3d_padding(x, weight, bias, w.Stride, Same.Same, w.Dilation, Groups),
        _ => F.conv3d(x, weight, bias, w.Stride, w.Padding, w.Dilation, Groups),
    };
}

/// <summary>Convolution of a signal with learned filters.</summary>
/// <remarks>channels x length to filters x length. Parameters: <c>weight</c> (filters, channels / groups, kernel) and
/// <c>bias</c> (filters). PyTorch's <c>nn.Conv1d</c> (a cross-correlation) with its initial values.</remarks>
[CatalogEntry("Conv1d", "Convolution1d")]
public sealed record Conv1d() : Convolution(1);

/// <summary>Convolution of an image with learned filters.</summary>
/// <remarks>channels x height x width to filters x height x width. Parameters: <c>weight</c> (filters, channels /
/// groups, kernel height, kernel width) and <c>bias</c> (filters). PyTorch's <c>nn.Conv2d</c> (a cross-correlation)
/// with its initial values.</remarks>
[CatalogEntry("Conv2d", "Convolution2d")]
public sealed record Conv2d() : Convolution(2);

/// <summary>Convolution of a volume or a video with learned filters.</summary>
/// <remarks>channels x depth x height x width to filters x depth x height x width. Parameters: <c>weight</c> (filters,
/// channels / groups, kernel depth, kernel height, kernel width) and <c>bias</c> (filters). PyTorch's <c>nn.Conv3d</c>
/// (a cross-correlation) with its initial values.</remarks>
[CatalogEntry("Conv3d", "Convolution3d")]
public sealed record Conv3d() : Convolution(3);

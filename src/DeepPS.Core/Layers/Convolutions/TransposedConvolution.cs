using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Base of transposed convolutions: each input number adds a filter, times itself, to a larger
/// output.</summary>
/// <remarks>An axis of length n becomes (n - 1) stride - 2 padding + dilation (kernel - 1) + 1 + output padding.
/// Parameters: <c>weight</c> (channels, filters / groups, kernel) and <c>bias</c> (filters). With padding 'same' the
/// length is n * stride. It is the gradient of a convolution by its input, which Zeiler and others (2010) call
/// deconvolution.</remarks>
public abstract record TransposedConvolution : GroupedConvolution
{
    private protected TransposedConvolution(int axes) => Axes = axes;

    /// <summary>The places added at the end of each axis. Must be less than Stride or Dilation.</summary>
    [Setting]
    public Dims OutputPadding { get; init; } = 0;

    protected internal override void Validate()
    {
        base.Validate();
        CheckedOutputPadding(MakeWindow());
    }

    private protected sealed override int OutputAxis => 1;

    /// <summary>The window, with 'same' resolved to numbers.</summary>
    private protected sealed override Window MakeWindow()
    {
        var window = new Window(this, Axes, KernelSize, Stride, Padding.Amount, Dilation);
        return !Padding.IsSame ? window
            : new Window(this, Axes, KernelSize, Stride,
                new Dims(window.Extent.Zip(window.Stride, SamePadding).ToArray()), Dilation);
    }

    private protected sealed override long[] OutputSizes(Shape input)
    {
        var window = MakeWindow();
        var extra = CheckedOutputPadding(window);
        window.Axes.Check(input);
        var sizes = new long[window.Axes.Count];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var first = window.Extent[axis] + extra[axis] - 2 * window.Padding[axis];
            sizes[axis] = (input[axis + 1] - 1) * window.Stride[axis] + first;
            if (sizes[axis] < 1)
                throw new ShapeException($"{window.Axes.Needs} with a {window.Axes.Names[axis]} of "
                    + $"{(window.Stride[axis] - first) / window.Stride[axis] + 1} or more, to be larger than the "
                    + "padding",
                    input);
        }

        return sizes;
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var extra = CheckedOutputPadding(window);
        return BuildProduct(builder, [builder.Input[0], Filters / Groups, .. window.Kernel],
            (x, weight, bias) => Convolve(x, weight, bias, window, extra), outputs: Filters);
    }

    private Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, Window w, long[] extra) => Axes switch
    {
        1 => F.conv_transpose1d(x, weight, bias, w.Stride[0], w.Padding[0], extra[0], w.Dilation[0], Groups),
        2 => F.conv_transpose2d(x, weight, bias, w.Stride, w.Padding, extra, w.Dilation, Groups),
        _ => F.conv_transpose3d(x, weight, bias, w.Stride, w.Padding, extra, w.Dilation, Groups),
    };

    private static long SamePadding(long extent, long stride) => Math.Max(0, (extent - stride + 1) / 2);

    private long[] CheckedOutputPadding(Window window)
    {
        var extra = window.Axes.Numbers(this, nameof(OutputPadding), OutputPadding, 0);
        if (Padding.IsSame && extra.Any(number => number != 0))
            throw SettingProblem.Of(this, nameof(OutputPadding), "0 where Padding is 'same', which sets it",
                OutputPadding);
        if (Padding.IsSame)
            extra = extra.Select((_, axis) => window.Stride[axis] - window.Extent[axis] + 2 * window.Padding[axis])
                .ToArray();
        if (extra.Where((number, axis) => number >= Math.Max(window.Stride[axis], window.Dilation[axis])).Any())
            throw Padding.IsSame
                ? SettingProblem.Of(this, nameof(Padding),
                    "a number where Stride and Dilation are 1 and KernelSize is even", Padding)
                : SettingProblem.Of(this, nameof(OutputPadding), $"less than Stride {Stride} or Dilation {Dilation}",
                    OutputPadding);
        return extra;
    }
}

/// <summary>Transposed convolution: makes a signal larger with learned filters.</summary>
/// <remarks>channels x length to filters x length. Parameters: <c>weight</c> (channels, filters / groups, kernel) and
/// <c>bias</c> (filters). PyTorch's <c>nn.ConvTranspose1d</c> with its initial values.</remarks>
[CatalogEntry("ConvTranspose1d", "Conv1dTranspose")]
public sealed record ConvTranspose1d() : TransposedConvolution(1);

/// <summary>Transposed convolution: makes an image larger with learned filters.</summary>
/// <remarks>channels x height x width to filters x height x width. Parameters: <c>weight</c> (channels, filters /
/// groups, kernel height, kernel width) and <c>bias</c> (filters). PyTorch's <c>nn.ConvTranspose2d</c> with its initial
/// values.</remarks>
[CatalogEntry("ConvTranspose2d", "Conv2dTranspose")]
public sealed record ConvTranspose2d() : TransposedConvolution(2);

/// <summary>Transposed convolution: makes a volume larger with learned filters.</summary>
/// <remarks>channels x depth x height x width to filters x depth x height x width. Parameters: <c>weight</c> (channels,
/// filters / groups, kernel depth, kernel height, kernel width) and <c>bias</c> (filters). PyTorch's
/// <c>nn.ConvTranspose3d</c> with its initial values.</remarks>
[CatalogEntry("ConvTranspose3d", "Conv3dTranspose")]
public sealed record ConvTranspose3d() : TransposedConvolution(3);

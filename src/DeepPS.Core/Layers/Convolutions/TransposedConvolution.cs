using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>
/// What transposed convolutions share: each number of the input puts a filter's values, times itself, into a larger output.
/// </summary>
/// <remarks>
/// An axis of n places becomes (n - 1) stride - 2 padding + dilation (kernel - 1) + 1 + output padding. Parameters:
/// <c>weight</c> (channels, filters / groups, kernel) and <c>bias</c> (filters). With padding 'same' an axis becomes stride
/// times as long. It is the gradient of a convolution by its input, which Zeiler and others (2010) call deconvolution.
/// </remarks>
public abstract record TransposedConvolution : GroupedConvolution
{
    /// <summary>How many places are added at the end of each axis; less than Stride or Dilation.</summary>
    [Setting]
    public Dims OutputPadding { get; init; } = 0;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        CheckedOutputPadding(MakeWindow());
    }

    private protected sealed override int OutputAxis => 1;

    /// <summary>The window, with numbers in place of 'same'.</summary>
    private protected sealed override Window MakeWindow()
    {
        var window = new Window(this, Axes, KernelSize, Stride, Padding.Amount, Dilation);
        return !Padding.IsSame ? window
            : new Window(this, Axes, KernelSize, Stride, new Dims(window.Extent.Zip(window.Stride, SamePadding).ToArray()), Dilation);
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
                throw new ShapeException($"{window.Axes.Wants} with a {window.Axes.Names[axis]} of "
                    + $"{(window.Stride[axis] - first) / window.Stride[axis] + 1} or more, so that its padding leaves some of it", input);
        }

        return sizes;
    }

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var extra = CheckedOutputPadding(window);
        return BuildProduct(builder, [builder.Input[0], Filters / Groups, .. window.Kernel],
            (x, weight, bias) => Convolve(x, weight, bias, window, extra), outputs: Filters);
    }

    /// <summary>Convolves a batch.</summary>
    private protected abstract Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window, long[] outputPadding);

    private static long SamePadding(long extent, long stride) => Math.Max(0, (extent - stride + 1) / 2);

    private long[] CheckedOutputPadding(Window window)
    {
        var extra = window.Axes.Numbers(this, nameof(OutputPadding), OutputPadding, 0);
        if (Padding.IsSame && extra.Any(number => number != 0))
            throw SettingProblem.Of(this, nameof(OutputPadding), "0 where Padding is 'same', which sets it", OutputPadding);
        if (Padding.IsSame)
            extra = extra.Select((_, axis) => window.Stride[axis] - window.Extent[axis] + 2 * window.Padding[axis]).ToArray();
        if (extra.Where((number, axis) => number >= Math.Max(window.Stride[axis], window.Dilation[axis])).Any())
            throw Padding.IsSame
                ? SettingProblem.Of(this, nameof(Padding), "a number where Stride and Dilation are 1 and KernelSize is even", Padding)
                : SettingProblem.Of(this, nameof(OutputPadding), $"less than Stride {Stride} or Dilation {Dilation}", OutputPadding);
        return extra;
    }
}

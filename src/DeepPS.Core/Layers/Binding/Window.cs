using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The sliding window of convolutions and pooling: size, stride, padding and dilation, a number for each
/// spatial axis.</summary>
internal sealed class Window
{
    /// <summary>Makes a window.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>: a setting has other than 1 number or one for each axis, or
    /// one too small, or 'same' cannot keep the size.</exception>
    public Window(Layer layer, int axes, Dims kernel, Dims stride, Padding padding, Dims dilation)
    {
        Axes = SpatialAxes.Of(axes);
        Kernel = Axes.Numbers(layer, "KernelSize", kernel, 1);
        Stride = Axes.Numbers(layer, "Stride", stride, 1);
        Padding = Axes.Numbers(layer, "Padding", padding.Amount, 0);
        Dilation = Axes.Numbers(layer, "Dilation", dilation, 1);
        Same = padding.IsSame;
        if (Same && Stride.Any(number => number != 1))
            throw SettingProblem.Of(layer, "Padding",
                $"a number where Stride is {stride}: only a stride of 1 keeps the size", padding);
    }

    /// <summary>The spatial axes.</summary>
    public SpatialAxes Axes { get; }

    public long[] Kernel { get; }

    public long[] Stride { get; }

    /// <summary>The padding at each end; 0 if <see cref="Same"/>.</summary>
    public long[] Padding { get; }

    public long[] Dilation { get; }

    /// <summary>Whether the padding keeps the size.</summary>
    public bool Same { get; }

    /// <summary>The length of the window along each axis, with the gaps of its dilation.</summary>
    public IReadOnlyList<long> Extent =>
        Kernel.Zip(Dilation, (kernel, dilation) => dilation * (kernel - 1) + 1).ToArray();

    /// <summary>The zeros before and after each axis, as PyTorch's <c>pad</c> takes them: the last axis first. With
    /// <see cref="Same"/> the extra zero of an odd total is after.</summary>
    public long[] PaddingPairs() => Enumerable.Range(0, Axes.Count).Reverse().SelectMany(axis =>
    {
        var before = Same ? (Extent[axis] - 1) / 2 : Padding[axis];
        return new[] { before, Same ? Extent[axis] - 1 - before : before };
    }).ToArray();

    /// <summary>
    /// The output's spatial sizes, by PyTorch's rule: as many places as the window has on the padded axis, and with
    /// <paramref name="ceiling"/> one more where a part is left, unless it lies in the padding altogether.
    /// </summary>
    /// <exception cref="ShapeException">The rank is another, or the window is larger than the padded input.</exception>
    public long[] OutputSizes(Shape input, bool ceiling = false)
    {
        Axes.Check(input);
        if (Same)
            return input.Skip(1).ToArray();
        var extent = Extent;
        var sizes = new long[Axes.Count];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var smallest = extent[axis] - 2 * Padding[axis] - (ceiling ? Stride[axis] - 1 : 0);
            var room = input[axis + 1] - smallest;
            sizes[axis] = room < 0 ? 0 : room / Stride[axis] + 1;
            if (ceiling && (sizes[axis] - 1) * Stride[axis] >= input[axis + 1] + Padding[axis])
                sizes[axis]--;
            if (sizes[axis] < 1)
                throw new ShapeException(
                    $"{Axes.Needs} with a {Axes.Names[axis]} of {smallest} or more for its window", input);
        }

        return sizes;
    }
}

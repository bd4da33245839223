namespace DeepPS;

/// <summary>
/// A window that slides over the spatial axes, as convolutions and pooling have it: its size, stride, padding and
/// dilation, a number for each axis.
/// </summary>
internal sealed class Window
{
    private static readonly string[][] AxisNames = [["length"], ["height", "width"]];
    private readonly string[] names;

    /// <summary>Makes a window for so many axes.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>: a setting has other than 1 number or one for each axis, or
    /// one too small.</exception>
    public Window(Layer layer, int axes, Dims kernel, Dims stride, Dims padding, Dims dilation)
    {
        names = AxisNames[axes - 1];
        Kernel = Numbers(layer, "KernelSize", kernel, 1);
        Stride = Numbers(layer, "Stride", stride, 1);
        Padding = Numbers(layer, "Padding", padding, 0);
        Dilation = Numbers(layer, "Dilation", dilation, 1);
    }

    public long[] Kernel { get; }

    public long[] Stride { get; }

    public long[] Padding { get; }

    public long[] Dilation { get; }

    /// <summary>The channels and the sizes that an input must have, in words.</summary>
    public string Wants => $"channels x {string.Join(" x ", names)} (rank {names.Length + 1})";

    /// <summary>Refuses an input of another rank, with what to do about a missing channel axis.</summary>
    public void CheckRank(Shape input)
    {
        if (input.Rank == names.Length)
            throw new ShapeException($"{Wants}; put Reshape 1x{input} before it where there is one channel", input);
        if (input.Rank != names.Length + 1)
            throw new ShapeException(Wants, input);
    }

    /// <summary>
    /// The output's spatial sizes, by PyTorch's rule: as many places as the window has on the padded axis, and with
    /// <paramref name="ceiling"/> one more where a part is left, unless it lies in the padding altogether.
    /// </summary>
    /// <exception cref="ShapeException">The rank is another, or the window is larger than the padded input.</exception>
    public long[] OutputSizes(Shape input, bool ceiling = false)
    {
        CheckRank(input);
        var sizes = new long[names.Length];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var extent = Dilation[axis] * (Kernel[axis] - 1) + 1;
            var smallest = extent - 2 * Padding[axis] - (ceiling ? Stride[axis] - 1 : 0);
            var room = input[axis + 1] - smallest;
            sizes[axis] = room < 0 ? 0 : room / Stride[axis] + 1;
            if (ceiling && (sizes[axis] - 1) * Stride[axis] >= input[axis + 1] + Padding[axis])
                sizes[axis]--;
            if (sizes[axis] < 1)
                throw new ShapeException($"{Wants} with a {names[axis]} of {smallest} or more for its window", input);
        }

        return sizes;
    }

    private long[] Numbers(Layer layer, string setting, Dims dims, int minimum)
    {
        long[]? numbers = null;
        try
        {
            numbers = dims.For(names.Length);
        }
        catch (FormatException)
        {
        }

        if (numbers is not null && numbers.All(number => number >= minimum))
            return numbers;
        var each = names.Length == 1 ? "" : $", or {names.Length} of them";
        throw SettingProblem.Of(layer, setting, $"a whole number of {minimum} or more{each}", dims);
    }
}

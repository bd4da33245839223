using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What convolutions share: filters that slide over the spatial axes of channels x sizes.</summary>
public abstract record Convolution : WeightedLayer
{
    /// <summary>How many filters there are: the channels of the output.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Filters { get; init; }

    /// <summary>The size of a filter along each axis.</summary>
    [Setting(Position = 1)]
    public Dims KernelSize { get; init; } = 3;

    /// <summary>How far the filter moves from one place to the next.</summary>
    [Setting]
    public Dims Stride { get; init; } = 1;

    /// <summary>How many zeros are put at each end of each axis; 'same' keeps the size, 'valid' puts none.</summary>
    [Setting]
    public Padding Padding { get; init; } = 0;

    /// <summary>How far the places that a filter looks at lie apart.</summary>
    [Setting]
    public Dims Dilation { get; init; } = 1;

    /// <summary>
    /// Into how many groups channels and filters are parted; a filter sees the channels of its group alone.
    /// </summary>
    [Setting(Minimum = 1)]
    public int Groups { get; init; } = 1;

    /// <summary>How many spatial axes there are.</summary>
    private protected abstract int Axes { get; }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        MakeWindow();
    }

    private protected override Shape ProductShape(Shape input)
    {
        var window = MakeWindow();
        window.CheckRank(input);
        if (input[0] % Groups != 0)
            throw new ShapeException($"{window.Wants} with channels in {Groups} equal groups", input);
        return new Shape(Padding.IsSame ? [Filters, .. input.Skip(1)] : [Filters, .. window.OutputSizes(input)]);
    }

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        return BuildProduct(builder, [Filters, builder.Input[0] / Groups, .. window.Kernel],
            (x, weight, bias) => Convolve(x, weight, bias, window));
    }

    /// <summary>Convolves a batch.</summary>
    private protected abstract Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window);

    private Window MakeWindow()
    {
        var window = new Window(this, Axes, KernelSize, Stride, Padding.Amount, Dilation);
        if (Padding.IsSame && window.Stride.Any(stride => stride != 1))
            throw SettingProblem.Of(this, nameof(Padding),
                $"a number where Stride is {Stride}: only a stride of 1 keeps the size", Padding);
        if (Filters % Groups != 0)
            throw SettingProblem.Of(this, nameof(Groups), $"a number that divides the {Filters} filters", Groups);
        return window;
    }
}

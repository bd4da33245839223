namespace DeepPS;

/// <summary>What convolutions with filters share that may see a group of the channels alone.</summary>
public abstract record GroupedConvolution : KernelLayer
{
    /// <summary>How many filters there are: the channels of the output.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Filters { get; init; }

    /// <summary>
    /// Into how many groups channels and filters are parted; a filter sees the channels of its group alone.
    /// </summary>
    [Setting(Minimum = 1)]
    public int Groups { get; init; } = 1;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        base.Validate();
        if (Filters % Groups != 0)
            throw SettingProblem.Of(this, nameof(Groups), $"a number that divides the {Filters} filters", Groups);
    }

    private protected sealed override Shape ProductShape(Shape input)
    {
        Validate();
        var sizes = OutputSizes(input);
        return input[0] % Groups == 0 ? new Shape([Filters, .. sizes])
            : throw new ShapeException($"{SpatialAxes.Of(Axes).Wants} with channels in {Groups} equal groups", input);
    }

    /// <summary>The output's spatial sizes.</summary>
    /// <exception cref="ShapeException">The input cannot work.</exception>
    private protected abstract long[] OutputSizes(Shape input);
}

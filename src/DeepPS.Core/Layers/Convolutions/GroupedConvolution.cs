using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>What convolutions with filters share that may see a group of the channels alone.</summary>
public abstract record GroupedConvolution : FilterLayer
{
    /// <summary>Into how many groups channels and filters are parted; a filter sees the channels of its group
    /// alone.</summary>
    [Setting(Minimum = 1)]
    public int Groups { get; init; } = 1;

    protected internal override void Validate()
    {
        base.Validate();
        if (Filters % Groups != 0)
            throw SettingProblem.Of(this, nameof(Groups), $"a number that divides the {Filters} filters", Groups);
    }

    private protected sealed override Shape ProductShape(Shape input)
    {
        Validate();
        var shape = base.ProductShape(input);
        return input[0] % Groups == 0 ? shape
            : throw new ShapeException($"{SpatialAxes.Of(Axes).Wants} with channels in {Groups} equal groups", input);
    }
}

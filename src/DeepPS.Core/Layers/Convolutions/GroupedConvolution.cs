using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of convolutions whose filters may read a group of the channels.</summary>
public abstract record GroupedConvolution : FilterLayer
{
    /// <summary>The number of groups of channels and filters. A filter reads only the channels of its group.</summary>
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
            : throw new ShapeException($"{SpatialAxes.Of(Axes).Needs} with channels in {Groups} equal groups", input);
    }
}

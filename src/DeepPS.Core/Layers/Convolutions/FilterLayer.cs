using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of convolutions with a chosen number of filters.</summary>
public abstract record FilterLayer : KernelLayer
{
    /// <summary>The number of filters: the channels of the output.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Filters { get; init; }

    private protected override Shape ProductShape(Shape input) => new([Filters, .. OutputSizes(input)]);

    /// <summary>The spatial sizes of the output.</summary>
    /// <exception cref="ShapeException">The layer cannot take the input.</exception>
    private protected virtual long[] OutputSizes(Shape input) => MakeWindow().OutputSizes(input);
}

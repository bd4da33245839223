using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>What convolutions share that have as many filters as one asks for.</summary>
public abstract record FilterLayer : KernelLayer
{
    /// <summary>How many filters there are: the channels of the output.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Filters { get; init; }

    private protected override Shape ProductShape(Shape input) => new([Filters, .. OutputSizes(input)]);

    /// <summary>The output's spatial sizes.</summary>
    /// <exception cref="ShapeException">The input cannot work.</exception>
    private protected virtual long[] OutputSizes(Shape input) => MakeWindow().OutputSizes(input);
}

using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of dense layers: features on the last axis become units.</summary>
public abstract record UnitsLayer : WeightedLayer
{
    /// <summary>The number of outputs.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Units { get; init; }

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    private protected sealed override Shape ProductShape(Shape input) => input.Rank > 0
        ? new Shape([.. input.SkipLast(1), Units])
        : throw new ShapeException("features on the last axis (rank 1 or more)", input);
}

using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Base of all convolutions.</summary>
public abstract record KernelLayer : WeightedLayer
{
    /// <summary>The size of a filter along each spatial axis.</summary>
    [Setting(Position = 1)]
    public Dims KernelSize { get; init; } = 3;

    /// <summary>The step of the filter along each spatial axis.</summary>
    [Setting]
    public Dims Stride { get; init; } = 1;

    /// <summary>The zeros added at each end of each axis; 'same' keeps the size, 'valid' adds none.</summary>
    [Setting]
    public Padding Padding { get; init; } = 0;

    /// <summary>The distance between the places that a filter reads.</summary>
    [Setting]
    public Dims Dilation { get; init; } = 1;

    /// <summary>The number of spatial axes.</summary>
    private protected int Axes { get; init; } = 2;

    internal override int? SamplesOfShard => 4;

    internal override long UsesOfWeights(Shape input, Shape output) => output.Size / output[0];

    protected internal override void Validate()
    {
        base.Validate();
        MakeWindow();
    }

    /// <summary>The kernel as a window.</summary>
    private protected virtual Window MakeWindow() => new(this, Axes, KernelSize, Stride, Padding, Dilation);
}

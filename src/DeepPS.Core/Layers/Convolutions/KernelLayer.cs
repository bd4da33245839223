using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>What all convolutions share: weights that are kernels over the spatial axes of channels x sizes.</summary>
public abstract record KernelLayer : WeightedLayer
{
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

    /// <summary>The number of spatial axes.</summary>
    private protected int Axes { get; init; } = 2;

    protected internal override void Validate()
    {
        base.Validate();
        MakeWindow();
    }

    /// <summary>The window that the kernel is.</summary>
    private protected virtual Window MakeWindow() => new(this, Axes, KernelSize, Stride, Padding, Dilation);
}

using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>What poolings share that say the largest number in each window.</summary>
public abstract record MaxPooling : Pooling
{
    /// <summary>How far the places that the window looks at lie apart.</summary>
    [Setting]
    public Dims Dilation { get; init; } = 1;

    private protected sealed override Dims Spacing => Dilation;
}

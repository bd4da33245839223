using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>What poolings share that say the mean of the numbers in each window.</summary>
public abstract record AvgPooling : Pooling
{
    /// <summary>Whether padding counts as zeros in the mean; else the mean is over what is there.</summary>
    [Setting]
    public bool CountIncludePad { get; init; } = true;
}

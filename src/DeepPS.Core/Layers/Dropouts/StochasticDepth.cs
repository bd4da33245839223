using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>While training, makes whole samples 0 by chance: at the end of a Residual's body it leaves out the
/// body.</summary>
/// <remarks>Any shape. It is torchvision's <c>StochasticDepth</c>. From Huang and others, Deep Networks with Stochastic
/// Depth (2016).</remarks>
[CatalogEntry("StochasticDepth", "DropPath")]
public sealed record StochasticDepth : DropoutLayer
{
    /// <summary>Row drops each sample by itself, Batch all samples of a batch or none.</summary>
    [Setting]
    public StochasticDepthMode Mode { get; init; }

    private protected override long[] NoiseSizes(long[] input) =>
        [Mode == StochasticDepthMode.Row ? input[0] : 1, .. Enumerable.Repeat(1L, input.Length - 1)];
}

/// <summary>What <see cref="StochasticDepth"/> drops together.</summary>
public enum StochasticDepthMode
{
    /// <summary>Each sample by itself.</summary>
    Row,

    /// <summary>All samples of a batch, or none.</summary>
    Batch,
}

using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Stochastic depth: sets random samples to 0 while training. At the end of a Residual's body it skips the
/// body.</summary>
/// <remarks>Any shape. It is torchvision's <c>StochasticDepth</c>. From Huang and others, Deep Networks with Stochastic
/// Depth (2016).</remarks>
[CatalogEntry("StochasticDepth", "DropPath")]
public sealed record StochasticDepth : DropoutLayer
{
    /// <summary>Row drops samples independently; Batch drops the whole batch or nothing.</summary>
    [Setting]
    public StochasticDepthMode Mode { get; init; }

    internal override bool SeesWholeBatch => Mode == StochasticDepthMode.Batch;

    private protected override long[] NoiseSizes(long[] input) =>
        [Mode == StochasticDepthMode.Row ? input[0] : 1, .. Enumerable.Repeat(1L, input.Length - 1)];
}

/// <summary>The unit that <see cref="StochasticDepth"/> drops.</summary>
public enum StochasticDepthMode
{
    /// <summary>Each sample independently.</summary>
    Row,

    /// <summary>The whole batch, or nothing.</summary>
    Batch,
}

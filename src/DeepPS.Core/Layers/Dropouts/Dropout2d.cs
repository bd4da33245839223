namespace DeepPS;

/// <summary>While training, makes whole channels of an image 0 by chance.</summary>
/// <remarks>channels x height x width. It is PyTorch's <c>nn.Dropout2d</c>. From Tompson and others (2015).</remarks>
[CatalogEntry("Dropout2d", "SpatialDropout")]
public sealed record Dropout2d : DropoutLayer
{
    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input) => input.Rank == 3
        ? input
        : throw new ShapeException("channels x height x width (rank 3)", input);

    private protected override long[] NoiseSizes(long[] input) => [input[0], input[1], 1, 1];
}

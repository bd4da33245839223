using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The mean of each channel over the whole image.</summary>
/// <remarks>
/// channels x height x width to channels. PyTorch writes <c>nn.AdaptiveAvgPool2d(1)</c> and <c>nn.Flatten()</c>. From
/// Lin, Chen and Yan, Network in Network (2013).
/// </remarks>
[CatalogEntry("GlobalAvgPool2d", "GlobalAveragePool2d", "GlobalAvgPool")]
public sealed record GlobalAvgPool2d : UnaryLayer
{
    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input) => input.Rank == 3
        ? new Shape(input[0])
        : throw new ShapeException("channels x height x width (rank 3)", input);

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, _) => x.mean([2, 3]);
}

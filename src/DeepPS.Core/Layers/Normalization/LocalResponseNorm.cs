using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Local response normalization: divides each number by the squares of its neighbors in the nearest
/// channels.</summary>
/// <remarks>channels x sizes, unchanged: x / (k + alpha / size * sum of squares)^beta, the sum over the nearest
/// <see cref="Size"/> channels. PyTorch's <c>nn.LocalResponseNorm</c>. From Krizhevsky, Sutskever and Hinton, AlexNet
/// (2012).</remarks>
[CatalogEntry("LocalResponseNorm", "LRN")]
public sealed record LocalResponseNorm : UnaryLayer
{
    /// <summary>The number of channels in the sum, including the number's own.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Size { get; init; } = 5;

    /// <summary>The factor of the sum of squares.</summary>
    [Setting]
    public double Alpha { get; init; } = 1e-4;

    /// <summary>The exponent of the divisor.</summary>
    [Setting]
    public double Beta { get; init; } = 0.75;

    /// <summary>The constant in the divisor.</summary>
    [Setting]
    public double K { get; init; } = 1;

    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(input);
        return input;
    }

    // In float32: the average pooling in PyTorch's function has no bfloat16 on the CPU.
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, context) => F.local_response_norm(context.Exact(x), Size, Alpha, Beta, K);
}

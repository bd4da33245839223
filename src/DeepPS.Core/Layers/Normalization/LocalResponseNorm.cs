using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Divides each number by what its neighbours in the nearest channels amount to at the same place.</summary>
/// <remarks>channels x sizes, kept: x / (k + alpha / size * sum of squares)^beta, the sum over <see cref="Size"/>
/// channels around. It is PyTorch's <c>nn.LocalResponseNorm</c>. From Krizhevsky, Sutskever and Hinton, AlexNet
/// (2012).</remarks>
[CatalogEntry("LocalResponseNorm", "LRN")]
public sealed record LocalResponseNorm : UnaryLayer
{
    /// <summary>How many channels count, the number's own among them.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Size { get; init; } = 5;

    /// <summary>How much the neighbours count.</summary>
    [Setting]
    public double Alpha { get; init; } = 1e-4;

    /// <summary>The power of what it is divided by.</summary>
    [Setting]
    public double Beta { get; init; } = 0.75;

    /// <summary>What is added, so that nothing is divided by 0.</summary>
    [Setting]
    public double K { get; init; } = 1;

    protected override Shape OutputShape(Shape input)
    {
        SpatialAxes.Of(input);
        return input;
    }

    // In float32: the mean over channels that PyTorch's function takes has no bfloat16 on the CPU.
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, context) => F.local_response_norm(context.Exact(x), Size, Alpha, Beta, K);
}

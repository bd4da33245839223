using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Keeps a sample's largest numbers, so many of them, and makes all others 0: k winners take all.</summary>
/// <remarks>Any shape, kept; the winners are those of the whole sample. The gradient passes through winners alone. From
/// Makhzani and Frey, k-Sparse Autoencoders (2013).</remarks>
[CatalogEntry("KWinners", "KSparse", "KWinnersTakeAll")]
public sealed record KWinners : UnaryLayer
{
    /// <summary>How many numbers of a sample are kept.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Winners { get; init; }

    protected override Shape OutputShape(Shape input) => input.Size >= Winners ? input
        : throw new ShapeException($"a sample of as many numbers as Winners ({Winners}) or more", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, _) =>
    {
        using var scope = NewDisposeScope();
        var all = x.reshape(x.shape[0], -1);
        var (winners, places) = all.topk(Winners, sorted: false);
        return zeros_like(all).scatter(1, places, winners).view(x.shape).MoveToOuterDisposeScope();
    };
}

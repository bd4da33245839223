using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Keeps the k largest numbers of a sample and sets all others to 0 (k winners take all).</summary>
/// <remarks>Any shape, unchanged. The k largest are chosen over the whole sample; only they get a gradient. From
/// Makhzani and Frey, k-Sparse Autoencoders (2013).</remarks>
[CatalogEntry("KWinners", "KSparse", "KWinnersTakeAll")]
public sealed record KWinners : UnaryLayer
{
    /// <summary>The number of values to keep in each sample (k).</summary>
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

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The inner product of two inputs along their last axis.</summary>
/// <remarks>Two vectors of features give one number; n x features and m x features give n x m, each row with each row.
/// Keras' <c>Dot(axes=-1)</c>.</remarks>
[CatalogEntry("Dot")]
public sealed record Dot : Layer
{
    /// <summary>Whether to normalize both inputs to length 1 first, which gives the cosine similarity.</summary>
    [Setting]
    public bool Normalize { get; init; }

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        var fits = inputs.Count == 2 && inputs[0].Rank == inputs[1].Rank && inputs[0].Rank is 1 or 2
            && inputs[0].Last() == inputs[1].Last();
        if (!fits)
            throw new ShapeException(
                "two inputs with the same features on the last axis, both of rank 1 or of rank 2; name them with -From",
                inputs);
        return inputs[0].Rank == 1 ? new Shape(1) : new Shape(inputs[0][0], inputs[1][0]);
    }

    public override Forward Build(LayerBuilder builder) => (inputs, context) =>
    {
        var (left, right) = (Direction(context.ForSum(inputs[0])), Direction(context.ForSum(inputs[1])));
        return left.dim() == 2 ? left.mul(right).sum(-1, keepdim: true)
            : context.ForProduct(left).bmm(context.ForProduct(right).transpose(1, 2));
    };

    private Tensor Direction(Tensor input) => Normalize ? F.normalize(input, dim: -1) : input;
}

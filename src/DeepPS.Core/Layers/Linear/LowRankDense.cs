using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Low-rank Dense layer: the weight is a product of two thin matrices, output = activation(U (V input) +
/// bias).</summary>
/// <remarks>It works on the last axis: features to units. Parameters: <c>v.weight</c> (rank, features), <c>u.weight</c>
/// (units, rank) and <c>u.bias</c> (units): rank * (features + units) numbers in place of features * units. PyTorch:
/// two <c>nn.Linear</c>, the first without bias. As in Denil and others, Predicting Parameters in Deep Learning
/// (2013).</remarks>
[CatalogEntry("LowRankDense", "LowRankLinear")]
public sealed record LowRankDense : UnitsLayer
{
    /// <summary>The rank: the number of values between the two matrices.</summary>
    [Setting(Position = 1, Required = true, Minimum = 1)]
    public int Rank { get; init; }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var down = BuildWeight(builder.Part("v"), [Rank, builder.Input.Last()]);
        var up = BuildProduct(builder, [Units, Rank], (x, weight, bias) => LinearProduct.Of(x, weight, bias),
            part: "u");
        return (x, context) => up(LinearProduct.Of(context.ForProduct(x), down(context), null), context);
    }
}

using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Joins every input to every unit: output = activation(input * weight' + bias).</summary>
/// <remarks>
/// It works on the last axis: features to units, or any x features to any x units. Parameters: <c>weight</c> (units,
/// features) and <c>bias</c> (units). It is PyTorch's <c>nn.Linear</c>, with its first values.
/// </remarks>
[CatalogEntry("Dense", "Linear")]
public sealed record Dense : WeightedLayer
{
    /// <summary>How many outputs there are.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Units { get; init; }

    /// <summary>An input's shape with units in place of the features on its last axis.</summary>
    /// <exception cref="ShapeException">There is no axis.</exception>
    internal static Shape UnitsOnLastAxis(Shape input, int units) => input.Rank > 0
        ? new Shape([.. input.SkipLast(1), units])
        : throw new ShapeException("features on the last axis (rank 1 or more)", input);

    private protected override Shape ProductShape(Shape input) => UnitsOnLastAxis(input, Units);

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildProduct(builder, [Units, builder.Input.Last()], (x, weight, bias) => F.linear(x, weight, bias));
}

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Permutes the axes of a sample, such as 2, 1 for time x features to features x time.</summary>
/// <remarks>Keras' <c>Permute</c>; PyTorch's <c>permute</c> without the batch axis.</remarks>
[CatalogEntry("Permute", "Transpose")]
public sealed record Permute : UnaryLayer
{
    /// <summary>The old axis for each new one. The first axis of a sample is 1.</summary>
    [Setting(Position = 0, Required = true)]
    public Dims Axes { get; init; } = 1;

    protected internal override void Validate() => Order();

    protected override Shape OutputShape(Shape input)
    {
        var order = Order();
        return input.Rank == order.Length ? new Shape(order.Select(axis => input[(int)axis - 1]))
            : throw new ShapeException($"{order.Length} axes for the order {Axes} (rank {order.Length})", input);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        long[] order = [0, .. Order()];
        return (x, _) => x.permute(order);
    }

    private long[] Order()
    {
        var order = Axes.For(Axes.Count);
        return order.Order().SequenceEqual(Enumerable.Range(1, order.Length).Select(axis => (long)axis)) ? order
            : throw SettingProblem.Of(this, nameof(Axes), "each axis from 1 up once, such as 2, 1", Axes);
    }
}

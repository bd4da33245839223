using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Pads a signal, an image or a volume with zeros.</summary>
/// <remarks>channels x sizes to channels x larger sizes. PyTorch's <c>nn.ZeroPad2d</c>, for one, two or three
/// axes.</remarks>
[CatalogEntry("ZeroPad", "ZeroPad1d", "ZeroPad2d", "ZeroPad3d", "ZeroPadding")]
public sealed record ZeroPad : UnaryLayer
{
    /// <summary>The zeros before each axis: left, or above and left.</summary>
    [Setting(Position = 0)]
    public Dims Before { get; init; } = 1;

    /// <summary>Optional: the zeros after each axis. Default: as many as before it.</summary>
    [Setting(Position = 1)]
    public Dims? After { get; init; }

    protected internal override void Validate()
    {
        var axes = SpatialAxes.Of(Math.Clamp(Math.Max(Before.Count, After?.Count ?? 0), 1, 3));
        Sides(axes);
    }

    protected override Shape OutputShape(Shape input)
    {
        var (before, after) = Sides(SpatialAxes.Of(input));
        return new Shape(
            [input[0], .. input.Skip(1).Zip(before, after).Select(axis => axis.First + axis.Second + axis.Third)]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var (before, after) = Sides(SpatialAxes.Of(builder.Input));
        var pairs = before.Zip(after).Reverse().SelectMany(pair => new[] { pair.First, pair.Second }).ToArray();
        return (x, _) => F.pad(x, pairs);
    }

    private (long[] Before, long[] After) Sides(SpatialAxes axes) =>
        (axes.Numbers(this, nameof(Before), Before, 0), axes.Numbers(this, nameof(After), After ?? Before, 0));
}

using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x where it is above 0, else x times a slope that is learned.</summary>
/// <remarks>Any shape, kept. Parameter: <c>weight</c> (1, or channels), the slopes. It is PyTorch's <c>nn.PReLU</c>.
/// From He and others (2015).</remarks>
[CatalogEntry("PReLU")]
public sealed record PReLU : Activation
{
    /// <summary>The slope at the beginning.</summary>
    [Setting(Position = 0)]
    public double Slope { get; init; } = 0.25;

    /// <summary>Whether each place of the first axis, such as a channel, has its own slope.</summary>
    [Setting]
    public bool PerChannel { get; init; }

    protected override Shape OutputShape(Shape input) => input.Rank > 0 || !PerChannel ? input
        : throw new ShapeException("channels on the first axis (rank 1 or more)", input);

    protected internal override Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder, bool overwrite)
    {
        var slopes = builder.Parameter("weight", [PerChannel ? builder.Input[0] : 1], new Constant { Value = Slope });
        return (x, _) => F.prelu(x, ForwardContext.As(slopes.Value, x.dtype));
    }
}

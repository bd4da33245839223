using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x if x > 0, else a learned slope times x.</summary>
/// <remarks>Any shape, unchanged. Parameter: <c>weight</c> (1, or channels). PyTorch's <c>nn.PReLU</c>. From He and
/// others (2015).</remarks>
[CatalogEntry("PReLU")]
public sealed record PReLU : Activation
{
    /// <summary>The initial slope.</summary>
    [Setting(Position = 0)]
    public double Slope { get; init; } = 0.25;

    /// <summary>Whether each channel (first axis of a sample) has its own slope.</summary>
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

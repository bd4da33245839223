using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Appends channels of zeros.</summary>
/// <remarks>channels x sizes to Channels x sizes: a shortcut without parameters to a wider layer. From He, Zhang, Ren
/// and Sun, Deep Residual Learning for Image Recognition (2015), option A.</remarks>
[CatalogEntry("PadChannels")]
public sealed record PadChannels : UnaryLayer
{
    /// <summary>The number of channels of the output.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Channels { get; init; }

    protected override Shape OutputShape(Shape input) => input.Rank > 0 && input[0] <= Channels
        ? new Shape([Channels, .. input.Skip(1)])
        : throw new ShapeException($"{Channels} channels or fewer on the first axis", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var input = builder.Input;
        long[] pairs = [.. Enumerable.Repeat(0L, 2 * (input.Rank - 1)), 0, Channels - input[0]];
        return (x, _) => F.pad(x, pairs);
    }
}

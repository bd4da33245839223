using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Base of convolutions with separate weights at each place.</summary>
public abstract record LocallyConnected : FilterLayer
{
    private protected LocallyConnected(int axes) => Axes = axes;

    internal override long UsesOfWeights(Shape input, Shape output) => 1;

    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        var output = ProductShape(builder.Input);
        var places = output.Size / Filters;
        var inputs = window.Kernel.Aggregate(builder.Input[0], (product, size) => product * size);
        return BuildProduct(builder, [output.Size, inputs], (x, weight, bias) =>
        {
            // Place by place: (places, batch, inputs) times (places, inputs, filters).
            var seen = Unfold(x, window).permute(2, 0, 1);
            var product = seen.bmm(weight.reshape(Filters, places, inputs).permute(1, 2, 0)).permute(1, 2, 0);
            var shaped = product.reshape(output.WithBatch(-1));
            return bias is null ? shaped : shaped.add(bias.reshape(output.ToArray()));
        });
    }

    /// <summary>The window of each place: (batch, channels * kernel, places). Torch unfolds images, so a signal becomes
    /// one of height 1.</summary>
    private static Tensor Unfold(Tensor input, Window window)
    {
        var padded = F.pad(input, window.PaddingPairs());
        return F.unfold(window.Kernel.Length == 1 ? padded.unsqueeze(2) : padded, Pair(window.Kernel),
            Pair(window.Dilation), (0, 0), Pair(window.Stride));
    }

    private static (long, long) Pair(long[] numbers) => numbers is [var one] ? (1, one) : (numbers[0], numbers[1]);
}

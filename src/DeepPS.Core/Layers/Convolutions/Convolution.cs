using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What convolutions share: filters that slide over the spatial axes of channels x sizes.</summary>
public abstract record Convolution : GroupedConvolution
{
    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var window = MakeWindow();
        return BuildProduct(builder, [Filters, builder.Input[0] / Groups, .. window.Kernel],
            (x, weight, bias) => Convolve(x, weight, bias, window));
    }

    /// <summary>Convolves a batch.</summary>
    private protected abstract Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, Window window);
}

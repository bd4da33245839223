using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Plain recurrent units: the state is a function of the input and of the previous state.</summary>
/// <remarks>h = tanh(W x + b + U h + d). PyTorch's <c>nn.RNN</c>. From Elman (1990).</remarks>
[CatalogEntry("RNN", "SimpleRNN", "Elman")]
public sealed record RNN : RecurrentLayer
{
    /// <summary>The activation of the state.</summary>
    [Setting]
    public RecurrentNonlinearity Nonlinearity { get; init; }

    internal override RecurrentCell Cell => Nonlinearity == RecurrentNonlinearity.ReLU ? RecurrentCell.Relu
        : RecurrentCell.Tanh;

    private protected override RecurrentPass BuildPass(LayerBuilder builder, int layer, long features)
    {
        var function = Nonlinearity == RecurrentNonlinearity.ReLU ? nn.NonLinearities.ReLU : nn.NonLinearities.Tanh;
        var module = AddModule(builder, layer, features, Cell.Gates,
            () => nn.RNN(features, Units, nonLinearity: function, bias: Bias, batchFirst: true,
                bidirectional: Bidirectional));
        return new RecurrentPass(input => module.call(input), input => module.call(input),
            (input, before) =>
            {
                var (output, last) = before is null ? module.call(input) : module.call(input, before[0]);
                return (output, [last]);
            });
    }
}

/// <summary>The function that <see cref="RNN"/> applies.</summary>
public enum RecurrentNonlinearity
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    ReLU,
}

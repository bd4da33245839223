using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Gated recurrent units (GRU).</summary>
/// <remarks>r, z = sigmoid(W x + b + U h + d), n = tanh(W x + b + r (U h + d)), h = (1 - z) n + z h, with gates in the
/// order r, z, n. PyTorch's <c>nn.GRU</c>. From Cho and others (2014).</remarks>
[CatalogEntry("GRU")]
public sealed record GRU : RecurrentLayer
{
    internal override RecurrentCell Cell => RecurrentCell.Gru;

    private protected override RecurrentPass BuildPass(LayerBuilder builder, int layer, long features)
    {
        var module = AddModule(builder, layer, features, Cell.Gates,
            () => nn.GRU(features, Units, bias: Bias, batchFirst: true, bidirectional: Bidirectional));
        return new RecurrentPass(input => module.call(input), input => module.call(input),
            (input, before) =>
            {
                var (output, last) = before is null ? module.call(input) : module.call(input, before[0]);
                return (output, [last]);
            });
    }
}

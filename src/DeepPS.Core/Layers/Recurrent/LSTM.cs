using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Long short-term memory (LSTM): recurrent units with a cell and input, forget and output gates.</summary>
/// <remarks>i, f, o = sigmoid(W x + b + U h + d), g = tanh(W x + b + U h + d), c = f c + i g, h = o tanh(c), with gates
/// in the order i, f, g, o. PyTorch's <c>nn.LSTM</c>. From Hochreiter and Schmidhuber (1997), with forget gates of Gers
/// and others (2000).</remarks>
[CatalogEntry("LSTM")]
public sealed record LSTM : RecurrentLayer
{
    internal override RecurrentCell Cell => RecurrentCell.Lstm;

    private protected override RecurrentPass BuildPass(LayerBuilder builder, int layer, long features)
    {
        var module = AddModule(builder, layer, features, Cell.Gates,
            () => nn.LSTM(features, Units, bias: Bias, batchFirst: true, bidirectional: Bidirectional));
        return new RecurrentPass(input => WithoutCell(module.call(input)), input => WithoutCell(module.call(input)),
            (input, before) =>
            {
                var (output, last, cell) = before is null ? module.call(input)
                    : module.call(input, (before[0], before[1]));
                return (output, [last, cell]);
            });

        static (T Output, Tensor Last) WithoutCell<T>((T Output, Tensor Last, Tensor Cell) all) =>
            (all.Output, all.Last);
    }
}

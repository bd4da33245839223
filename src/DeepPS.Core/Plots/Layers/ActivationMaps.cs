using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>Draws what a layer gives for samples: a row for each sample, a tile for each channel.</summary>
public static class ActivationMaps
{
    private const int MostMaps = 16;

    /// <summary>The sheet.</summary>
    /// <param name="model">A model, trained or not; it takes the data's input shape if it has none.</param>
    /// <param name="data">The data; it needs no label.</param>
    /// <param name="layer">The layer's name; null for the first layer with a weight whose output is a picture, or the
    /// first layer.</param>
    /// <param name="count">The number of samples, from the first on.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>; the data does not fit the model.</exception>
    public static Sheet Of(Model model, Dataset data, string? layer = null, int count = 8)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var pass = LayerPass.Of(model, data, count);
        var chosen = LayerChoice.Node(model, layer, node => node.OutputShape.Rank == 3 && node.ParameterCount > 0
            || pass.Network.Nodes.All(other => other.OutputShape.Rank != 3 || other.ParameterCount == 0));
        var node = pass.Network.Nodes[chosen];
        var output = Pictures(pass.Network.ForwardNodes(pass.Batch.Inputs, ForwardContext.Inference)[chosen]);
        var input = pass.Batch.Inputs[0];
        var isImage = input.ndim == 4 && input.shape[1] is 1 or 3;
        var rows = Enumerable.Range(0, (int)output.shape[0]).Select(sample =>
        {
            var maps = Enumerable.Range(0, (int)Math.Min(output.shape[1], MostMaps))
                .Select(map => TileOf($"{map}", output[sample, map].unsqueeze(0)));
            return isImage ? maps.Prepend(TileOf(Text(pass.Data, sample), input[sample])).ToArray() : maps.ToArray();
        }).ToArray();
        return new Sheet($"{model.Name}: output of {node.Name}, {node.OutputShape}, for {rows.Length} samples"
            + (output.shape[1] > MostMaps ? $"; the first {MostMaps} channels" : ""), rows, isSigned: false);
    }

    /// <summary>An output as pictures: (samples, channels, height, width).</summary>
    private static Tensor Pictures(Tensor output) => output.ndim switch
    {
        4 => output,
        3 => output.unsqueeze(1),
        _ => output.reshape([output.shape[0], 1, 1, -1]),
    };

    private static string Text(Dataset data, int sample) => data.Label is { } label ? $"{label[sample]}" : "";

    private static Tile TileOf(string label, Tensor values)
    {
        var shape = values.shape;
        return new Tile(label, (int)shape[2], (int)shape[1], (int)shape[0],
            values.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
    }
}

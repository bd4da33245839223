using DeepPS.Common;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>Draws the weights of a layer: filters of convolutions, units of dense layers that read images, or a
/// matrix.</summary>
public static class LayerFilters
{
    private const int MostFilters = 64, MostChannels = 16, TilesInARow = 16;

    /// <summary>The sheet.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="layer">The layer's name; null for the first convolution, or the first layer with a weight.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>; <c>LayerNotFound</c>.</exception>
    public static Sheet Of(Model model, string? layer = null)
    {
        var (name, weight) = LayerChoice.Weight(model, layer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = weight.Value.detach().to(ScalarType.Float32).cpu();
        var sizes = weight.Shape.ToArray();
        var title = $"{model.Name}: weights of {name}, {weight.Shape}";
        if (sizes.Length == 2 && Image(model, name) is { } image && image.Size == sizes[1])
            (values, sizes) = (values.reshape([sizes[0], .. image]), [sizes[0], .. image]);
        return sizes.Length switch
        {
            4 => Filters(title, values.contiguous().data<float>().ToArray(), sizes),
            3 => Filters(title, values.contiguous().data<float>().ToArray(), [sizes[0], sizes[1], 1, sizes[2]]),
            _ => Matrix(title, values.reshape([sizes[0], -1])),
        };
    }

    /// <summary>The shape of the image that a dense layer reads as a flat row; null if it reads none.</summary>
    private static Shape? Image(Model model, string name)
    {
        var nodes = model.Network!.Nodes;
        var at = nodes.ToList().FindIndex(node => node.Name == name);
        while (at >= 0 && nodes[at].InputShapes[0].Rank == 1
            && (nodes[at].Name == name || nodes[at].ParameterCount == 0))
            at = nodes[at].Inputs[0];
        var shape = at < 0 ? model.Network.Inputs[-1 - at].Shape : nodes[at].InputShapes[0];
        return shape.Rank == 3 && shape[0] is 1 or 3 ? shape : null;
    }

    /// <summary>Filters of one or three channels as pictures, others as a row of channels each.</summary>
    private static Sheet Filters(string title, float[] values, long[] sizes)
    {
        var (count, channels, height, width) = ((int)sizes[0], (int)sizes[1], (int)sizes[2], (int)sizes[3]);
        var (size, shown) = (height * width, Math.Min(count, MostFilters));
        if (channels is 1 or 3)
            return new Sheet(Title(shown, count), Enumerable.Range(0, shown).Select(filter =>
                new Tile($"{filter}", width, height, channels,
                    values[(filter * channels * size)..((filter + 1) * channels * size)]))
                .Chunk(TilesInARow).ToArray(), isSigned: true);
        shown = Math.Min(count, MostChannels);
        return new Sheet(Title(shown, count) + $"; a row is a filter with its first {Math.Min(channels, MostChannels)} "
            + $"of {channels} input channels", Enumerable.Range(0, shown).Select(filter => Enumerable
                .Range(0, Math.Min(channels, MostChannels)).Select(channel =>
                {
                    var first = (filter * channels + channel) * size;
                    return new Tile("", width, height, 1, values[first..(first + size)]);
                }).ToArray()).ToArray(), isSigned: true);

        string Title(int some, int all) => some == all ? title : $"{title}, the first {some}";
    }

    private static Sheet Matrix(string title, Tensor values)
    {
        var (rows, columns) = ((int)Math.Min(values.shape[0], 512), (int)Math.Min(values.shape[1], 512));
        var part = values.narrow(0, 0, rows).narrow(1, 0, columns).contiguous().data<float>().ToArray();
        return new Sheet($"{title}; rows are outputs", [[new Tile("", columns, rows, 1, part)]], isSigned: true);
    }
}

using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Changes layers of a network, also those inside other layers, and collects the values of the new ones.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="chosen">Whether a layer is to be changed, by its path.</param>
internal sealed class LayerRewriter(Network network, Func<string, bool> chosen)
{
    /// <summary>The values of the new layers by their names in the network.</summary>
    public Dictionary<string, Tensor> Values { get; } = [];

    /// <summary>All layers that have values of their own: path, layer and whether others share them.</summary>
    public static IReadOnlyList<(string Path, Layer Layer, bool IsShared)> All(Network network)
    {
        var all = new List<(string, Layer, bool)>();
        var rewriter = new LayerRewriter(network, _ => true);
        rewriter.Rewrite((path, layer, shared) =>
        {
            all.Add((path, layer, shared));
            return null;
        });
        return all;
    }

    /// <summary>Changes the chosen layers.</summary>
    /// <param name="change">Gives the change of a layer; null for none.</param>
    /// <returns>All layers, each with its name.</returns>
    public IReadOnlyList<Layer> Rewrite(Func<string, Layer, bool, LayerChange?> change) =>
        Rewrite(network.Nodes, "", change);

    private Layer[] Rewrite(IReadOnlyList<LayerNode> nodes, string prefix,
        Func<string, Layer, bool, LayerChange?> change)
    {
        return nodes.Select(node =>
        {
            var layer = node.Layer with { Name = node.Name };
            var path = prefix + node.Name;
            return layer is IComposite composite ? Inside(layer, composite, node.InputShapes[0], path, change)
                : chosen(path) ? One(layer, path, layer.ShareWith is not null || IsOwner(node), change) : layer;
        }).ToArray();

        bool IsOwner(LayerNode node) => nodes.Any(other =>
            string.Equals(other.Layer.ShareWith, node.Name, StringComparison.OrdinalIgnoreCase));
    }

    private Layer One(Layer layer, string path, bool isShared, Func<string, Layer, bool, LayerChange?> change)
    {
        if (change(path, layer, isShared) is not { Layer: { } changed, Values: { } values })
            return layer;
        foreach (var (name, value) in values)
            Values[$"{path}.{name}"] = value;
        return changed;
    }

    private Layer Inside(Layer layer, IComposite composite, Shape input, string path,
        Func<string, Layer, bool, LayerChange?> change)
    {
        var parts = composite.Parts(input);
        if (composite.With(parts.Select(part => part.Layers).ToArray()) is null)
            return layer;
        var rewritten = composite.With(parts.Select(part => part.Layers.Count == 0 ? part.Layers
            : new LayerList(Rewrite(new LayerGraph(part.Layers, NetworkInput.Numbered([part.Input])).Nodes,
                $"{path}.{part.Name}.", change))).ToArray())!;
        return rewritten with { Name = layer.Name };
    }
}

using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;

namespace DeepPS.Models;

/// <summary>The depth of a network: layers with a weight on its longest path.</summary>
internal sealed class ModelDepth
{
    private readonly HashSet<string> weighted;

    /// <summary>Notes the layers that have a matrix or a kernel: vectors are biases and normalization.</summary>
    private ModelDepth(Network network) => weighted = network.Parameters
        .Where(parameter => parameter.Shape.Rank > 1).SelectMany(parameter => Prefixes(parameter.Name)).ToHashSet();

    /// <summary>The depth of a network.</summary>
    public static int Of(Network network) =>
        new ModelDepth(network).Longest(network.Nodes, network.Nodes.ToList().IndexOf(network.OutputNode), "");

    private static IEnumerable<string> Prefixes(string name)
    {
        for (var at = name.LastIndexOf('.'); at > 0; at = name.LastIndexOf('.', at - 1))
            yield return name[..at];
    }

    private int Longest(IReadOnlyList<LayerNode> nodes, int output, string path)
    {
        var known = new int?[nodes.Count];
        return To(output);

        // Recursion as deep as the graph is long would overflow the stack at some thousand layers: inputs come first
        // in nearly every list, so that they are known already.
        int To(int place)
        {
            for (var i = 0; i < place; i++)
                if (nodes[i].Inputs.All(input => input < 0 || known[input] is not null))
                    known[i] ??= Of(i);
            return known[place] ??= Of(place);
        }

        int Of(int place) => nodes[place].Inputs.Select(input => input < 0 ? 0 : known[input] ?? To(input))
            .DefaultIfEmpty(0).Max() + Own(nodes[place], path + nodes[place].Name);
    }

    private int Own(LayerNode node, string path)
    {
        if (node.Layer is not IComposite composite)
            return node.Layer is not Embedding && weighted.Contains(path) ? 1 : 0;
        var parts = composite.Parts(node.InputShapes[0]).Where(part => part.Layers.Count > 0).Select(part =>
        {
            var nodes = new LayerGraph(part.Layers, NetworkInput.Numbered([part.Input])).Nodes;
            return Longest(nodes, nodes.Count - 1, $"{path}.{part.Name}.");
        }).DefaultIfEmpty(0);
        return composite.Join is null ? parts.Sum() : parts.Max();
    }
}

using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>Makes the diagram of a model's network: layers with their shapes, parameters, branches and heads.</summary>
public sealed class NetworkDiagram
{
    private readonly List<DiagramBox> boxes = [];
    private readonly List<(int From, int To)> arrows = [];
    private readonly Dictionary<string, long> sizes = [];
    private readonly int depth;

    private NetworkDiagram(Model model, int depth)
    {
        this.depth = depth;
        foreach (var parameter in model.Network!.Parameters)
            for (var at = parameter.Name.LastIndexOf('.'); at > 0; at = parameter.Name.LastIndexOf('.', at - 1))
                sizes[parameter.Name[..at]] = sizes.GetValueOrDefault(parameter.Name[..at]) + parameter.Size;
    }

    /// <summary>The diagram.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="depth">How many levels of layers within layers are drawn open; 0 for none.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>.</exception>
    public static Diagram Of(Model model, int depth)
    {
        var network = Bound(model);
        var diagram = new NetworkDiagram(model, depth);
        var inputs = network.Inputs.Select(input =>
            diagram.Add(new DiagramBox(input.Name, DiagramKind.Input, [input.Shape.ToString()]))).ToArray();
        diagram.Add(network.Nodes, WithMasks(network, inputs), "", 0);
        return new Diagram($"{model.Name}: {model.ParameterCount:N0} parameters, {model.Depth} layers with weights",
            diagram.boxes, diagram.arrows);
    }

    /// <summary>The network of a model.</summary>
    /// <exception cref="DlException"><c>NoInputShape</c>: it is not known yet.</exception>
    internal static Networks.Network Bound(Model model) => model.Network ?? throw new DlException("NoInputShape",
        DlErrorKind.InvalidOperation, $"Model '{model.Name}' has no shapes yet: they follow from the first training "
        + "data. Make it with New-DlModel -InputShape, or train it.", model);

    /// <summary>The boxes that layers read: those of the inputs, and again for the mask and the tree of an input.
    /// </summary>
    internal static int[] WithMasks(Networks.Network network, int[] inputs) =>
    [
        .. inputs, .. inputs.Where((_, i) => network.Inputs[i].IsPadded),
        .. inputs.Where((_, i) => network.Inputs[i].IsTree),
    ];

    /// <summary>Adds a graph and gives the place of its output.</summary>
    private int Add(IReadOnlyList<LayerNode> nodes, IReadOnlyList<int> inputs, string path, int level)
    {
        var places = new int?[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
            Visit(i);
        return places[^1]!.Value;

        int Visit(int i) => places[i] ??= Add(nodes[i],
            nodes[i].Inputs.Select(source => source < 0 ? inputs[-1 - source] : Visit(source)).ToArray(),
            path + nodes[i].Name, level, isLast: level == 0 && i == nodes.Count - 1);
    }

    private int Add(LayerNode node, IReadOnlyList<int> sources, string path, int level, bool isLast)
    {
        if (node.Layer is IComposite composite && level < depth)
            return Open(node, composite, sources, path, level);
        var details = new List<string>();
        var settings = node.Layer is IComposite ? "" : node.Layer.Describe();
        details.Add($"{node.Layer.Entry.Name}{(settings.Length > 0 ? $" {settings}" : "")}");
        var size = sizes.GetValueOrDefault(path);
        details.Add($"{node.OutputShape}{(size > 0 ? $" · {size:N0} parameters" : "")}");
        var isHead = level == 0 && node.Layer.OutputWeight is > 0;
        if (isHead)
            details.Add("auxiliary head");
        if (node.Layer.Frozen && !settings.Contains("frozen", StringComparison.OrdinalIgnoreCase))
            details.Add("frozen");
        var kind = isHead || isLast ? DiagramKind.Head : size > 0 ? DiagramKind.Weights
            : sources.Count > 1 ? DiagramKind.Merge : node.Layer is Activation ? DiagramKind.Activation
            : DiagramKind.Operation;
        return Add(new DiagramBox(path, kind, details), [.. sources]);
    }

    /// <summary>Adds the layers inside a layer instead of the layer.</summary>
    private int Open(LayerNode node, IComposite composite, IReadOnlyList<int> sources, string path, int level)
    {
        var outputs = new List<int>();
        var from = sources;
        foreach (var part in composite.Parts(node.InputShapes[0]))
        {
            var output = part.Layers.Count == 0 ? from[0]
                : Add(new LayerGraph(part.Layers, NetworkInput.Numbered([part.Input])).Nodes, from,
                    $"{path}.{part.Name}.", level + 1);
            outputs.Add(output);
            if (composite.Join is null)
                from = [output];
        }

        return composite.Join is not { } join ? outputs[^1]
            : Add(new DiagramBox(path, DiagramKind.Merge, [join, node.OutputShape.ToString()]), [.. outputs]);
    }

    private int Add(DiagramBox box, params IReadOnlyList<int> sources)
    {
        boxes.Add(box);
        arrows.AddRange(sources.Distinct().Select(source => (source, boxes.Count - 1)));
        return boxes.Count - 1;
    }
}

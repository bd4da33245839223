namespace DeepPS;

/// <summary>One layer at its place in a network.</summary>
public sealed class LayerNode
{
    internal LayerNode(Layer layer, string name, IReadOnlyList<int> inputs, IReadOnlyList<Shape> inputShapes, Shape outputShape)
    {
        Layer = layer;
        Name = name;
        Inputs = inputs;
        InputShapes = inputShapes;
        OutputShape = outputShape;
    }

    /// <summary>The layer's settings.</summary>
    public Layer Layer { get; }

    /// <summary>The layer's name, unique in the network.</summary>
    public string Name { get; }

    /// <summary>The numbers of the nodes that it reads; -1 is the network's input.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The shapes that it reads, without the batch.</summary>
    public IReadOnlyList<Shape> InputShapes { get; }

    /// <summary>The shape that it gives, without the batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>How many numbers it learns.</summary>
    public long ParameterCount { get; internal set; }

    internal Forward? Forward { get; set; }
}

/// <summary>Turns a list of layers into a graph: names, where each input comes from, and shapes.</summary>
public static class LayerGraph
{
    /// <summary>The name under which a layer may take the network's input.</summary>
    public const string InputName = "input";

    /// <summary>Names the layers: their own names, else their type and a number, <c>dense1</c>, <c>dense2</c>.</summary>
    /// <exception cref="DlException"><c>DuplicateLayer</c>: two layers have one name.</exception>
    public static IReadOnlyList<string> Names(IReadOnlyList<Layer> layers)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { InputName };
        foreach (var layer in layers)
            if (layer.Name is { } name && !taken.Add(name))
                throw new DlException("DuplicateLayer", DlErrorKind.InvalidArgument,
                    $"Two layers are named '{name}'. Give each its own -Name ('{InputName}' is the network's input).", name);
        var counts = new Dictionary<string, int>();
        return layers.Select(layer => layer.Name ?? Numbered(layer, counts, taken)).ToArray();
    }

    internal static IReadOnlyList<LayerNode> Resolve(IReadOnlyList<Layer> layers, Shape input)
    {
        if (layers.Count == 0)
            throw new DlException("NoLayers", DlErrorKind.InvalidArgument,
                "A network needs at least one layer. Make layers with New-DlLayer and pipe them to New-DlModel.");
        var names = Names(layers);
        var nodes = new List<LayerNode>();
        for (var i = 0; i < layers.Count; i++)
        {
            var inputs = layers[i].From.Count == 0 ? [i - 1] : layers[i].From.Select(from => Source(from, i, names)).ToArray();
            var shapes = inputs.Select(source => source < 0 ? input : nodes[source].OutputShape).ToArray();
            nodes.Add(new LayerNode(layers[i], names[i], inputs, shapes, Infer(layers[i], names[i], shapes)));
        }

        return nodes;
    }

    /// <summary>For each node, the number of the last node that reads it; the output is read by nobody and stays.</summary>
    internal static int[] LastUses(IReadOnlyList<LayerNode> nodes)
    {
        var last = Enumerable.Repeat(-1, nodes.Count).ToArray();
        for (var i = 0; i < nodes.Count; i++)
            foreach (var source in nodes[i].Inputs)
                if (source >= 0)
                    last[source] = i;
        return last;
    }

    private static string Numbered(Layer layer, Dictionary<string, int> counts, HashSet<string> taken)
    {
        var type = layer.Entry.Name.ToLowerInvariant();
        while (true)
        {
            var number = counts[type] = counts.GetValueOrDefault(type) + 1;
            if (taken.Add($"{type}{number}"))
                return $"{type}{number}";
        }
    }

    private static int Source(string from, int reader, IReadOnlyList<string> names)
    {
        if (string.Equals(from, InputName, StringComparison.OrdinalIgnoreCase))
            return -1;
        for (var i = 0; i < reader; i++)
            if (string.Equals(from, names[i], StringComparison.OrdinalIgnoreCase))
                return i;
        var later = names.Contains(from, StringComparer.OrdinalIgnoreCase) ? " (it comes later; layers are listed in the order in which they run)" : "";
        throw new DlException("UnknownInput", DlErrorKind.InvalidArgument,
            $"Layer '{names[reader]}' takes its input from '{from}', which is no layer before it{later}. Before it: "
            + string.Join(", ", names.Take(reader).Prepend(InputName)) + ".", from);
    }

    private static Shape Infer(Layer layer, string name, IReadOnlyList<Shape> inputs)
    {
        try
        {
            return layer.OutputShape(inputs);
        }
        catch (ShapeException e)
        {
            throw new DlException("LayerShape", DlErrorKind.InvalidArgument,
                $"Layer '{name}' ({layer.Entry.Name}) wants {e.Wants}; {string.Join(" and ", e.Came)} came.", name, e);
        }
    }
}

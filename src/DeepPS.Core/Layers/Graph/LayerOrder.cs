using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The order in which the layers of a graph run, and the last use of each output.</summary>
internal static class LayerOrder
{
    /// <summary>An order in which every layer runs after the layers that it reads; otherwise the order of the
    /// list.</summary>
    /// <param name="sources">The sources of each layer: indices of layers, below 0 for the graph's inputs.</param>
    /// <param name="names">The layers' names, for the error.</param>
    /// <exception cref="DlException"><c>LayerCycle</c>: layers read each other in a circle; they are named.</exception>
    public static int[] Of(IReadOnlyList<int[]> sources, IReadOnlyList<string> names)
    {
        var order = new List<int>(sources.Count);
        var done = new bool[sources.Count];
        var path = new List<int>();
        for (var i = 0; i < sources.Count; i++)
            Visit(i);
        return order.ToArray();

        void Visit(int layer)
        {
            if (layer < 0 || done[layer])
                return;
            if (path.IndexOf(layer) is var start and >= 0)
                throw Cycle(path[start..].Append(layer).Select(i => names[i]).Reverse());
            path.Add(layer);
            foreach (var source in sources[layer])
                Visit(source);
            path.RemoveAt(path.Count - 1);
            done[layer] = true;
            order.Add(layer);
        }
    }

    /// <summary>The part of an order that an output needs.</summary>
    public static int[] Needed(int[] order, IReadOnlyList<int[]> sources, int output)
    {
        var needed = new bool[order.Length];
        needed[output] = true;
        foreach (var layer in Enumerable.Reverse(order))
            if (needed[layer])
                foreach (var source in sources[layer])
                    if (source >= 0)
                        needed[source] = true;
        return order.Where(layer => needed[layer]).ToArray();
    }

    /// <summary>For each layer, the last layer in the order that reads it; -1 if none does.</summary>
    public static int[] LastUses(int[] order, IReadOnlyList<int[]> sources)
    {
        var last = Enumerable.Repeat(-1, sources.Count).ToArray();
        foreach (var layer in order)
            foreach (var source in sources[layer])
                if (source >= 0)
                    last[source] = layer;
        return last;
    }

    private static DlException Cycle(IEnumerable<string> names) => new("LayerCycle", DlErrorKind.InvalidArgument,
        $"Layers take their inputs from each other in a circle: {string.Join(" -> ", names)}. Change one -From.");
}

using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The names of layers and of their inputs.</summary>
public static class LayerNames
{
    /// <summary>Names the layers: their own names, else their type and a number, <c>dense1</c>,
    /// <c>dense2</c>.</summary>
    /// <exception cref="DlException"><c>DuplicateLayer</c>: two layers have one name.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<Layer> layers)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { NetworkInput.DefaultName };
        foreach (var layer in layers)
            if (layer.Name is { } name && !taken.Add(name))
                throw new DlException("DuplicateLayer", DlErrorKind.InvalidArgument,
                    $"Two layers are named '{name}'. Give each its own -Name ('{NetworkInput.DefaultName}' is the "
                    + "network's input).", name);
        var counts = new Dictionary<string, int>();
        return layers.Select(layer => layer.Name ?? Numbered(layer, counts, taken)).ToArray();
    }

    /// <summary>The network's inputs: the names in <c>From</c> that are not layers. A first layer without <c>From</c>
    /// takes <c>input</c>.</summary>
    public static IReadOnlyList<string> Inputs(IReadOnlyList<Layer> layers)
    {
        var names = Of(layers);
        return layers.SelectMany((layer, i) =>
                layer.From.Count > 0 ? layer.From : i == 0 ? [NetworkInput.DefaultName] : [])
            .Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
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
}

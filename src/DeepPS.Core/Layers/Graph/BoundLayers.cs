using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Layers with the settings that follow from a network's inputs, before there is a network.</summary>
internal static class BoundLayers
{
    /// <summary>The layers as a network of these inputs has them.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="inputs">The inputs by name.</param>
    public static IReadOnlyList<Layer> Of(IReadOnlyList<Layer> layers, IReadOnlyList<NetworkInput> inputs)
    {
        var names = LayerNames.Of(layers);
        return layers.Select((layer, i) => layer.Bound(layer.From.Count > 0 ? layer.From.Select(Find).ToArray()
            : [i == 0 ? Find(NetworkInput.DefaultName) : null])).ToArray();

        NetworkInput? Find(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : inputs.FirstOrDefault(input => string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>Values for the parameters of layers, set by hand.</summary>
public static class SetWeights
{
    /// <summary>The layers with values that they begin with once the input shape is known.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="weights">The values by the name of the layer.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>.</exception>
    public static IReadOnlyList<Layer> Give(IReadOnlyList<Layer> layers,
        IReadOnlyDictionary<string, CarriedWeights> weights)
    {
        var names = LayerNames.Of(layers);
        foreach (var name in weights.Keys)
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                var nearest = NearestName.Of(name, names);
                throw new DlException("LayerNotFound", DlErrorKind.NotFound, $"No layer is named '{name}'. "
                    + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
                    + $"Layers: {string.Join(", ", names)}.", name);
            }

        var own = new Dictionary<string, CarriedWeights>(weights, StringComparer.OrdinalIgnoreCase);
        return layers.Zip(names, (layer, name) => own.TryGetValue(name, out var carried)
            ? layer with { Carried = carried } : layer).ToArray();
    }

    /// <summary>Gives the layers of a model values.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="weights">The values by the name of the layer.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>, <c>WeightMismatch</c>, <c>ParameterNotFound</c>;
    /// <c>ModelNotBound</c>: the input shape is not known.</exception>
    public static void Give(Model model, IReadOnlyDictionary<string, CarriedWeights> weights)
    {
        var network = model.Network ?? throw new DlException("ModelNotBound", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has no parameters yet: its input shape is unknown. Add -InputShape.", model);
        foreach (var (layer, name) in Give(model.Layers, weights).Zip(LayerNames.Of(model.Layers)))
            layer.Carried?.GiveTo(name, network.State);
        model.LayersFor = null;
    }
}

using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>Chooses the layer to look at.</summary>
internal static class LayerChoice
{
    /// <summary>The weight of a layer, which may be inside another: <c>layer1.0.body.conv2d1</c>.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="name">The layer's name; null for the first convolution, or the first layer with a weight.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>; <c>LayerNotFound</c>.</exception>
    public static (string Name, Parameter Weight) Weight(Model model, string? name)
    {
        var weights = NetworkDiagram.Bound(model).Parameters.Where(parameter => parameter.Shape.Rank > 1)
            .Select(parameter => (Name: parameter.Name[..parameter.Name.LastIndexOf('.')], Weight: parameter))
            .ToArray();
        var found = name is null
            ? weights.OrderByDescending(weight => weight.Weight.Shape.Rank >= 4).FirstOrDefault()
            : weights.FirstOrDefault(weight => weight.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Weight is not null ? found : throw new DlException("LayerNotFound", DlErrorKind.NotFound,
            (name is null ? $"Model '{model.Name}' has no layer with a weight."
                : $"Model '{model.Name}' has no layer '{name}' with a weight.")
            + $" Layers: {string.Join(", ", weights.Select(weight => weight.Name).Distinct().Take(40))}.", name);
    }

    /// <summary>The place of a layer in the network.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <param name="name">The layer's name; null for the one that <paramref name="suits"/> chooses first.</param>
    /// <param name="suits">Whether a layer can be chosen.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>; <c>LayerNotFound</c>.</exception>
    public static int Node(Model model, string? name, Func<LayerNode, bool> suits)
    {
        var nodes = NetworkDiagram.Bound(model).Nodes.ToList();
        var found = name is null ? nodes.FindIndex(node => suits(node))
            : nodes.FindIndex(node => node.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new DlException("LayerNotFound", DlErrorKind.NotFound,
            (name is null ? $"Model '{model.Name}' has no layer for this; name one."
                : $"Model '{model.Name}' has no layer '{name}'.")
            + $" Layers: {string.Join(", ", nodes.Select(node => node.Name))}.", name);
    }
}

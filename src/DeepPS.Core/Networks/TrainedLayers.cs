using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Takes layers out of a network with their trained weights, to begin another network with them.</summary>
public static class TrainedLayers
{
    /// <summary>The layers that a layer needs, and itself.</summary>
    /// <param name="network">The network.</param>
    /// <param name="until">The layer's name; null for the last layer.</param>
    /// <param name="freeze">Whether training leaves their weights unchanged.</param>
    /// <returns>The layers in their order, named as in the network. Auxiliary heads are plain layers.</returns>
    /// <exception cref="DlException"><c>LayerNotFound</c>.</exception>
    public static IReadOnlyList<Layer> Of(Network network, string? until, bool freeze)
    {
        var nodes = network.Nodes;
        var last = until is null ? nodes.Count - 1 : PlaceOf(network, until);
        var needed = new bool[nodes.Count];
        Need(last);
        var kept = Enumerable.Range(0, nodes.Count).Where(place => needed[place]).ToArray();
        return kept.Select((place, i) => Take(place, i == 0 ? null : nodes[kept[i - 1]].Name)).ToArray();

        void Need(int place)
        {
            if (place < 0 || needed[place])
                return;
            needed[place] = true;
            foreach (var source in nodes[place].Inputs)
                Need(source);
        }

        Layer Take(int place, string? before)
        {
            var (node, layer) = (nodes[place], nodes[place].Layer);
            var from = layer.From.Count > 0 ? layer.From
                : [place == 0 ? network.Inputs[0].Name : nodes[place - 1].Name];
            var owner = nodes.FirstOrDefault(other => Is(other.Name, layer.ShareWith));
            var shares = owner is not null && kept.Any(other => nodes[other] == owner);
            return layer with
            {
                Name = node.Name,
                From = from is [var one] && (before is null ? Is(one, network.Inputs[0].Name) : Is(one, before)) ? []
                    : from,
                ShareWith = shares ? layer.ShareWith : null,
                Frozen = layer.Frozen || freeze,
                OutputWeight = null,
                OutputLoss = null,
                Carried = shares ? null : CarriedWeights.Of((owner ?? node).Name, network.State),
            };
        }
    }

    /// <summary>The layers that come after a layer, up to the last one: the decoder of an autoencoder after its
    /// code.</summary>
    /// <param name="network">The network.</param>
    /// <param name="after">The layer's name, whose output is their input.</param>
    /// <param name="freeze">Whether training leaves their weights unchanged.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>; <c>LayerBefore</c>: a layer also reads one before it, or
    /// none follows.</exception>
    public static IReadOnlyList<Layer> After(Network network, string after, bool freeze)
    {
        var first = PlaceOf(network, after);
        var (nodes, name) = (network.Nodes, network.Nodes[first].Name);
        var kept = Of(network, null, freeze).Where(layer => PlaceOf(network, layer.Name!) > first).ToArray();
        if (kept.Length == 0)
            throw new DlException("LayerBefore", DlErrorKind.InvalidArgument,
                $"No layer that the output needs comes after '{name}'. Name a layer before the last one.", name);
        foreach (var node in kept.Select(layer => nodes[PlaceOf(network, layer.Name!)]))
            if (node.Inputs.FirstOrDefault(input => input < first, first) is var other && other != first)
                throw new DlException("LayerBefore", DlErrorKind.InvalidArgument,
                    $"Layer '{node.Name}' after '{name}' also reads "
                    + $"'{(other < 0 ? network.Inputs[-1 - other].Name : nodes[other].Name)}', which comes before it. "
                    + "Name a layer whose output is all that the following layers read.", name);
        return kept.Select((layer, i) => layer with
        {
            From = i == 0 ? [] : layer.From.Select(from => Is(from, name) ? NetworkInput.DefaultName : from).ToArray(),
        }).ToArray();
    }

    /// <summary>The place of a layer among the network's nodes.</summary>
    /// <exception cref="DlException"><c>LayerNotFound</c>.</exception>
    public static int PlaceOf(Network network, string name)
    {
        var names = network.Nodes.Select(node => node.Name).ToArray();
        var place = Array.FindIndex(names, other => Is(other, name));
        if (place >= 0)
            return place;
        var nearest = NearestName.Of(name, names);
        throw new DlException("LayerNotFound", DlErrorKind.NotFound,
            $"No layer is named '{name}'. {(nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")}"
            + $"Layers: {string.Join(", ", names)}.", name);
    }

    private static bool Is(string name, string? other) =>
        string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}

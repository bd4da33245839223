using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Networks;

/// <summary>A published network: settings from which its layers follow.</summary>
public abstract record Architecture : CatalogItem
{
    /// <summary>The shape of one sample that the network was published for; null: the data's, or it has several inputs.</summary>
    public virtual Shape? InputShape => null;

    /// <summary>What goes in, as the network was published; empty: the data's shape.</summary>
    public virtual IReadOnlyList<NetworkInput> Inputs => InputShape is { } shape ? NetworkInput.Numbered([shape]) : [];

    /// <summary>The layers, in order.</summary>
    /// <param name="input">
    /// The shape of one sample, for networks whose layers follow from it; null: <see cref="InputShape"/>.
    /// </param>
    public abstract IReadOnlyList<Layer> Layers(Shape? input = null);

    /// <summary>Makes the network with its first values.</summary>
    /// <param name="input">The shape of one sample; null: as the network was published, or the first training data's.</param>
    /// <param name="name">What the model is called; null: the architecture's name.</param>
    /// <param name="seed">What the first values follow from.</param>
    /// <exception cref="DlException"><c>InputShape</c>: one shape was given for several inputs; <c>LayerShape</c>: the
    /// network cannot work on it.</exception>
    public Model Build(Shape? input = null, string? name = null, int seed = 0)
    {
        var inputs = Inputs;
        if (input is not null && inputs.Count > 1)
            throw new DlException("InputShape", DlErrorKind.InvalidArgument,
                $"{Entry.Name} has {inputs.Count} inputs ({string.Join(", ", inputs.Select(one => $"{one.Name} {one.Shape}"))}), not one of "
                + $"shape {input}. Give their sizes as its settings: {string.Join(", ", Entry.Settings.Select(setting => setting.Name))}.", input);
        if (input is not null)
            inputs = NetworkInput.Numbered([input]);
        var layers = Layers(inputs.Count == 0 ? null : inputs[0].Shape);
        name ??= Entry.Name;
        return inputs.Count == 0 ? new Model(layers, (Shape?)null, name, seed) : new Model(layers, inputs, name, seed);
    }
}

using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>A published network: settings from which its layers follow.</summary>
[CatalogBase(CatalogKind.Architecture)]
public abstract record Architecture : CatalogItem
{
    /// <summary>The shape of one sample that the network was published for; null: the data's, or it has several
    /// inputs.</summary>
    public virtual Shape? InputShape => null;

    /// <summary>What goes in, as the network was published; empty: the data's shape.</summary>
    public virtual IReadOnlyList<NetworkInput> Inputs => InputShape is { } shape ? NetworkInput.Numbered([shape]) : [];

    /// <summary>The layers, in order.</summary>
    /// <param name="input">The shape of one sample, for networks whose layers follow from it; null:
    /// <see cref="InputShape"/>.</param>
    public abstract IReadOnlyList<Layer> Layers(Shape? input = null);
}

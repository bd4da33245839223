using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>A published network: settings that define its layers.</summary>
[CatalogBase(CatalogKind.Architecture)]
public abstract record Architecture : CatalogItem
{
    /// <summary>The published shape of one sample; null for the shape of the data, or for several inputs.</summary>
    public virtual Shape? InputShape => null;

    /// <summary>The published inputs; empty for the shape of the data.</summary>
    public virtual IReadOnlyList<NetworkInput> Inputs => InputShape is { } shape ? NetworkInput.Numbered([shape]) : [];

    /// <summary>Whether there are several inputs, also where their shapes are those of the data.</summary>
    internal virtual bool HasSeveralInputs => Inputs.Count > 1;

    /// <summary>Whether the layers follow the shape of a sample, so that a model without a given shape takes that of
    /// its first training data.</summary>
    internal virtual bool FollowsShape => false;

    /// <summary>The layers, in order.</summary>
    /// <param name="input">The shape of one sample, for networks whose layers depend on it; null for
    /// <see cref="InputShape"/>.</param>
    public abstract IReadOnlyList<Layer> Layers(Shape? input = null);
}

namespace DeepPS;

/// <summary>A published network: settings from which its layers follow.</summary>
public abstract record Architecture : CatalogItem
{
    /// <summary>The layers, in order.</summary>
    public abstract IReadOnlyList<Layer> Layers();

    /// <summary>The shape of one sample that the network was published for; null: the data's.</summary>
    public virtual Shape? InputShape => null;
}

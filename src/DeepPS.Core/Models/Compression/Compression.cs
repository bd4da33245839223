using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>A way to make the layers of a trained model smaller.</summary>
public abstract record Compression
{
    /// <summary>The id of the error for a layer that cannot be compressed in this way.</summary>
    private protected const string NotCompressible = "LayerNotCompressible";

    /// <summary>The way in words: <c>Rank 16</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a layer whose parameters others share can be changed.</summary>
    internal virtual bool TakesShared => false;

    /// <summary>The way for some layers of a model, where it depends on all of them.</summary>
    /// <param name="layers">The values of each layer.</param>
    internal virtual Compression For(IReadOnlyList<LayerValues> layers) => this;

    /// <summary>Changes a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="values">Its values, one at least.</param>
    internal abstract LayerChange Change(Layer layer, LayerValues values);

    /// <summary>The way in words.</summary>
    public sealed override string ToString() => Name;
}

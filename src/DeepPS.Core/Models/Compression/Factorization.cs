using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>How layers of a type become layers with factored weights. Each is a class in a file of its own, which
/// <see cref="All"/> finds.</summary>
internal abstract class Factorization
{
    /// <summary>All factorisations.</summary>
    public static IReadOnlyList<Factorization> All { get; } = typeof(Factorization).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Factorization)) && !type.IsAbstract)
        .Select(type => (Factorization)Activator.CreateInstance(type)!).ToArray();

    /// <summary>Whether it factors a layer.</summary>
    public abstract bool Takes(Layer layer);

    /// <summary>The largest rank of the layer's matrices.</summary>
    public abstract int LargestRank(Layer layer, LayerValues values);

    /// <summary>The factored layer.</summary>
    /// <param name="layer">A layer that it takes.</param>
    /// <param name="values">Its values.</param>
    /// <param name="choice">Chooses the rank.</param>
    public abstract LayerChange Change(Layer layer, LayerValues values, RankChoice choice);
}

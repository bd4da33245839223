using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>Each weight as a product of two thin matrices, by its singular value decomposition.</summary>
/// <param name="Choice">Chooses the rank.</param>
public sealed record LowRankCompression(RankChoice Choice) : Compression
{
    /// <inheritdoc/>
    public override string Name => Choice.ToString();

    internal override LayerChange Change(Layer layer, LayerValues values)
    {
        if (Factorization.All.FirstOrDefault(way => way.Takes(layer)) is not { } factorization)
            return LayerChange.None(layer is WeightedLayer { WeightNormalization: not WeightNormalization.None }
                    ? "its weight is normalised" : $"it is a {layer.Entry.Name}; dense layers, convolutions and "
                    + "recurrent layers are factored", NotCompressible);
        var largest = factorization.LargestRank(layer, values);
        return Choice.Rank > largest ? LayerChange.None($"its weight has rank {largest} at most", "RankTooLarge")
            : factorization.Change(layer, values, Choice);
    }
}

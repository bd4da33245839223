using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Triplet loss with the hardest triplets of each batch: an embedding gets closer to the farthest of its class
/// than to the nearest of another class, by a margin.</summary>
/// <remarks>Output (batch, size), target (batch) of classes: max(0, max d(a, p) - min d(a, n) + Margin) for each
/// sample a, with its farthest positive p and its nearest negative n in the batch (Hermans, Beyer and Leibe, In defense
/// of the triplet loss, 2017). Samples without a positive or a negative do not count. Train with <c>-Sampling
/// Episode</c>. For triplets that the data names use TripletMargin.</remarks>
[CatalogEntry("BatchHardTriplet", "BatchHard")]
public sealed record BatchHardTriplet : EmbeddingLoss
{
    /// <summary>The margin between the distances to the negative and to the positive.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Margin { get; init; } = 1;

    private protected override (Tensor Losses, Tensor Counting) Compare(Tensor output, Tensor same)
    {
        var distances = Distances(output);
        var positive = distances.masked_fill(same.logical_not(), float.NegativeInfinity).amax([1]);
        var negative = distances.masked_fill(same, float.PositiveInfinity).amin([1]);
        return (positive.sub(negative).add(Margin).clamp_min(0), Counting(same));
    }

    private protected override Tensor Counting(Tensor same) =>
        same.sum(1).gt(1).logical_and(same.logical_not().any(1));
}

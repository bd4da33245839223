using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Contrastive loss over all pairs of a batch: embeddings of one class get close, others a margin apart.
/// </summary>
/// <remarks>Output (batch, size), target (batch) of classes: for each sample the mean over its pairs with all others of
/// D^2 / 2 within a class, and max(0, Margin - D)^2 / 2 between classes; D is the distance (Hadsell, Chopra and LeCun
/// 2006). Train with <c>-Sampling Episode</c>. For pairs that the data names use Contrastive.</remarks>
[CatalogEntry("BatchContrastive")]
public sealed record BatchContrastive : EmbeddingLoss
{
    /// <summary>The distance between embeddings of different classes. Must be above 0.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Margin { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Margin == 0)
            throw SettingProblem.Of(this, nameof(Margin), "a number above 0", Margin);
    }

    private protected override (Tensor Losses, Tensor Counting) Compare(Tensor output, Tensor same)
    {
        var distances = Distances(output);
        var losses = distances.where(same, distances.neg().add(Margin).clamp_min(0)).square()
            .masked_fill(Self(same), 0);
        return (losses.sum(1).div(2 * Math.Max(1, same.shape[0] - 1)), Counting(same));
    }

    /// <remarks>A sample alone has no pair.</remarks>
    private protected override Tensor Counting(Tensor same) =>
        full([same.shape[0]], same.shape[0] > 1, dtype: ScalarType.Bool, device: same.device);
}

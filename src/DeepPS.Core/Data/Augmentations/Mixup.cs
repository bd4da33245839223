using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Blends each sample of a batch with another one, and their losses by the same share.</summary>
/// <remarks>
/// From Zhang and others, mixup: Beyond Empirical Risk Minimization (2018). All inputs are blended by the same share.
/// </remarks>
[CatalogEntry("Mixup")]
public sealed record Mixup : MixAugmentation
{
    internal override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label) =>
        inputs.FirstOrDefault(input => input.IsPadded) is { } padded
            ? $"blends numbers; input '{padded.Name}' holds arrays of different lengths, which cannot be blended"
        : inputs.FirstOrDefault(input => input.HoldsIds) is not { } ids ? null
            : $"blends numbers; input '{ids.Name}' ({ids.Nature}) holds names, which cannot be blended";

    /// <summary>The share times the samples plus the rest times those in another order.</summary>
    internal static Tensor Blend(Tensor samples, Tensor order, Tensor share) =>
        samples.mul(share).add_(samples.index_select(0, order).mul_(share.neg().add(1)));

    private protected override (Tensor Share, Func<Tensor, Tensor> Mix) Draw(
        BatchRandom random, Tensor share, Tensor order, long[] sizes) =>
        (share, samples => Blend(samples, order, share));
}

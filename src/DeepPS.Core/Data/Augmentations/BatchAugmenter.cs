using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Applies augmentations, one after the other, to the batches of a training. All random numbers are from one generator.
/// </summary>
internal sealed class BatchAugmenter : IDisposable
{
    private readonly Augmentation[] augmentations;
    private readonly DataPlan plan;
    private readonly PixelScale?[] scales;
    private readonly Generator generator;

    private BatchAugmenter(IEnumerable<Augmentation> augmentations, DataPlan plan, int seed, Device device)
    {
        this.augmentations = PlaceRun.Join(augmentations).ToArray();
        this.plan = plan;
        scales = plan.InputPlans.Select(input => PixelScale.Of(input, device)).ToArray();
        generator = new Generator((ulong)(uint)seed ^ 0xA0761D6478BD642FUL, device);
    }

    /// <summary>The state of the generator; setting it repeats the changes.</summary>
    public Tensor State
    {
        get => generator.get_state();
        set => generator.set_state(value);
    }

    /// <summary>Refuses augmentations that the inputs and the label do not support.</summary>
    /// <exception cref="DlException"><c>AugmentationUse</c>.</exception>
    public static void Check(IReadOnlyList<Augmentation> augmentations, DataPlan plan)
    {
        foreach (var augmentation in augmentations)
            if (augmentation.Refuses(plan.InputPlans, plan.Label!) is { } problem)
                throw Unusable(augmentation, problem);
        if (augmentations.OfType<MixAugmentation>().ToArray() is [var first, var second, ..])
            throw Unusable(second, $"mixes samples, which {first.Entry.Name} does already");
    }

    /// <summary>The augmenter of a training; null where there are no augmentations.</summary>
    public static BatchAugmenter? For(
        IReadOnlyList<Augmentation> augmentations, int seed, DataPlan plan, Device device) =>
        augmentations.Count == 0 ? null : new BatchAugmenter(augmentations, plan, seed, device);

    /// <summary>A batch as the network sees it. The tensors belong to the dispose scope.</summary>
    public Batch Apply(Batch batch)
    {
        var augmented = new AugmentedBatch(batch, plan.InputPlans, scales, plan.Label!.IsInput, generator);
        foreach (var augmentation in augmentations)
            augmentation.Apply(augmented);
        return augmented.Batch();
    }

    public void Dispose()
    {
        generator.Dispose();
        foreach (var scale in scales)
            scale?.Dispose();
    }

    private static DlException Unusable(Augmentation augmentation, string problem) =>
        new("AugmentationUse", DlErrorKind.InvalidArgument,
        $"Augmentation {augmentation.Entry.Name} {problem}. Change it, or leave it out.", augmentation);
}

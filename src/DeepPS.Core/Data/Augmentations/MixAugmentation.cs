using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>What augmentations share that mix each sample of a batch with another one of it, by a share that is the batch's.</summary>
/// <remarks>
/// The loss of a mixed batch is the share times the loss by the samples' own targets, and the rest times the loss by the
/// others'; weights of classes and samples count in each. Metrics count by the target of the larger share. Where the input
/// itself is to be given back, that is the mixed one.
/// </remarks>
public abstract record MixAugmentation : Augmentation
{
    /// <summary>
    /// Both parameters of the beta distribution of the share: with 1 each is as probable, with less those near 0 and 1 more so.
    /// </summary>
    [Setting(Position = 0, Minimum = 0.01)]
    public double Alpha { get; init; } = 1;

    /// <summary>How probable it is that a batch is mixed.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 1;

    internal sealed override void Apply(AugmentedBatch batch)
    {
        var order = batch.Random.Order();
        var (share, mix) = Draw(batch.Random, batch.Random.Share(Alpha, Probability), order, batch.Sizes);
        batch.Mix(order, share, mix);
    }

    /// <summary>Makes the mixture of a share.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="share">The share that was drawn, a tensor of no axes.</param>
    /// <param name="order">The numbers of the samples that are mixed in.</param>
    /// <param name="sizes">The sizes of the batch's first input.</param>
    /// <returns>The share as it came out, and the mixture of an input.</returns>
    private protected abstract (Tensor Share, Func<Tensor, Tensor> Mix) Draw(BatchRandom random, Tensor share, Tensor order, long[] sizes);
}

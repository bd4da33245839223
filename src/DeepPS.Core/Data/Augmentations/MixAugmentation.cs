using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Base of augmentations that mix each sample of a batch with another one of it, with one share for the batch.
/// </summary>
/// <remarks>
/// The loss of a mixed batch is the share times the loss for the samples' own targets, plus the rest times the loss for
/// the others'; class and sample weights apply in each. Metrics use the target of the larger share. A network that
/// reproduces its input reproduces the mixed one.
/// </remarks>
public abstract record MixAugmentation : Augmentation
{
    /// <summary>
    /// Both parameters of the beta distribution of the share: 1 makes all shares equally probable, less favours those
    /// near 0 and 1.
    /// </summary>
    [Setting(Position = 0, Minimum = 0.01)]
    public double Alpha { get; init; } = 1;

    /// <summary>Probability that a batch is mixed.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 1;

    internal sealed override void Apply(AugmentedBatch batch)
    {
        var order = batch.Random.Order();
        var (share, mix) = Draw(batch.Random, batch.Random.Share(Alpha, Probability), order, batch.Sizes);
        batch.Mix(order, share, mix);
    }

    /// <summary>Makes the mixture for a share.</summary>
    /// <param name="random">Source of random numbers.</param>
    /// <param name="share">The share that was drawn, a tensor of no axes.</param>
    /// <param name="order">The numbers of the samples that are mixed in.</param>
    /// <param name="sizes">The sizes of the batch's first input.</param>
    /// <returns>The actual share, and the mixture of an input.</returns>
    private protected abstract (Tensor Share, Func<Tensor, Tensor> Mix) Draw(
        BatchRandom random, Tensor share, Tensor order, long[] sizes);
}

using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What dropouts multiply by.</summary>
internal static class DropoutNoise
{
    /// <summary>Numbers that are 0 with a probability p and else 1 / (1 - p), so that their mean is 1.</summary>
    /// <param name="like">A tensor of the type and on the device that they are wanted.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="probability">How probable a 0 is.</param>
    /// <param name="generator">Where chance comes from; null: torch's own.</param>
    public static Tensor Of(Tensor like, long[] sizes, double probability, Generator? generator)
    {
        var kept = Kept(like, sizes, probability, generator);
        return probability < 1 ? kept.div_(1 - probability) : kept;
    }

    /// <summary>Numbers that are 0 with a probability and else 1.</summary>
    public static Tensor Kept(Tensor like, long[] sizes, double probability, Generator? generator) =>
        empty(sizes, dtype: like.dtype, device: like.device).bernoulli_(1 - probability, generator);
}

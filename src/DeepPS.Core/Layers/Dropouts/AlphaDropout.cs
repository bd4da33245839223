using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Dropout for SELU: sets random numbers to SELU's lowest value while training, keeping mean and
/// deviation.</summary>
/// <remarks>Any shape: a (x d + alpha' (1 - d)) + b, where d is 0 with probability p, else 1; alpha' = -1.7581 is
/// SELU's negative limit; a and b keep mean 0 and variance 1. PyTorch's <c>nn.AlphaDropout</c>. From Klambauer and
/// others, Self-Normalizing Neural Networks (2017).</remarks>
[CatalogEntry("AlphaDropout")]
public sealed record AlphaDropout : DropoutLayer
{
    private const double Lowest = -1.7580993408473766;

    private protected override long[] NoiseSizes(long[] input) => input;

    private protected override Tensor Drop(Tensor input, Generator? generator)
    {
        var kept = DropoutNoise.Kept(input, NoiseSizes(input.shape), Probability, generator);
        if (Probability == 1)
            return input.mul(kept);
        var scale = 1 / Math.Sqrt((Lowest * Lowest * Probability + 1) * (1 - Probability));
        var shift = kept.mul(-Lowest).add_(Lowest * (1 - Probability)).mul_(scale);
        return input.mul(kept.mul_(scale)).add_(shift);
    }
}

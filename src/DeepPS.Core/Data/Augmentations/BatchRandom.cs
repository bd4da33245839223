using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Random numbers for the samples of a batch, on its device.</summary>
/// <param name="generator">The source of the numbers, a generator of the device.</param>
/// <param name="count">The number of samples.</param>
/// <param name="device">The device.</param>
internal sealed class BatchRandom(Generator generator, long count, Device device)
{
    /// <summary>A number for each sample from a range, the upper end not included: (samples), float32.</summary>
    public Tensor Uniform(double low = 0, double high = 1) => Uniform([count], low, high);

    /// <summary>Numbers of a range, the upper end not included: (tries, samples), float32.</summary>
    public Tensor Uniform(int tries, double low, double high) => Uniform([tries, count], low, high);

    /// <summary>A number for each sample within a distance of a centre.</summary>
    public Tensor Around(double middle, double distance) => Uniform(middle - distance, middle + distance);

    /// <summary>
    /// A whole number for each sample from 0 up to a bound, the bound not included: (samples), float32.
    /// </summary>
    /// <param name="bound">Whole numbers of 1 or more, float32: one, or one for each sample.</param>
    public Tensor Below(Tensor bound) => Uniform().mul(bound).floor();

    /// <summary>A whole number from 0 up to a bound, the bound not included: a tensor of no axes, float32.</summary>
    public Tensor One(long bound) => Uniform([1], 0, bound)[0].floor();

    /// <summary>Normal numbers of mean 0, of the sizes of a tensor.</summary>
    public Tensor Normal(Tensor like, double deviation) => empty_like(like).normal_(0, deviation, generator);

    /// <summary>Numbers from 0 to 1, of the sizes of a tensor.</summary>
    public Tensor Uniform(Tensor like) => empty_like(like).uniform_(0, 1, generator);

    /// <summary>The samples in random order: (samples), int64.</summary>
    public Tensor Order() => randperm(count, device: device, generator: generator);

    /// <summary>Whether a change happens to each sample, (samples), bool; null: it always does.</summary>
    public Tensor? Happens(double probability) => probability >= 1 ? null : Uniform().lt(probability);

    /// <summary>A change that happens to each sample of (samples, ...) with a probability.</summary>
    public Func<Tensor, Tensor> Sometimes(double probability, Func<Tensor, Tensor> change) =>
        Happens(probability) is not { } happens ? change
            : batch => where(happens.reshape([count, .. Enumerable.Repeat(1L, (int)batch.ndim - 1)]), change(batch),
                batch);

    /// <summary>
    /// The share of the first of two in a mixture, from a symmetric beta distribution, or 1 where nothing is mixed: no
    /// axes.
    /// </summary>
    public Tensor Share(double alpha, double probability)
    {
        // Two numbers of a Dirichlet distribution add up to 1; each by itself follows the beta distribution.
        var share = _sample_dirichlet(full([2], alpha, dtype: ScalarType.Float32, device: device), generator)[0];
        return where(Uniform([1], 0, 1)[0].lt(probability), share, ones_like(share));
    }

    private Tensor Uniform(long[] sizes, double low, double high) =>
        empty(sizes, dtype: ScalarType.Float32, device: device).uniform_(low, high, generator);
}

using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// What dropout multiplies by: 0 with probability p, else 1 / (1 - p), so that the mean stays. Random numbers come from the
/// forward pass's generator.
/// </summary>
internal static class DropoutNoise
{
    /// <summary>While training, the input with numbers dropped; else the input itself.</summary>
    public static Tensor Drop(Tensor input, double probability, ForwardContext context) =>
        context.Training && probability > 0 ? input.mul(Make(input.shape, probability, input, context.Generator)) : input;

    /// <summary>As <see cref="Drop"/>, over a tensor that nothing else reads or needs for its gradient.</summary>
    public static Tensor DropInPlace(Tensor input, double probability, ForwardContext context) =>
        context.Training && probability > 0 ? input.mul_(Make(input.shape, probability, input, context.Generator)) : input;

    /// <summary>Noise of given sizes.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="probability">How probable 0 is.</param>
    /// <param name="like">Gives type and device.</param>
    /// <param name="generator">Where random numbers come from; null: torch's own for the device.</param>
    public static Tensor Make(long[] sizes, double probability, Tensor like, Generator? generator)
    {
        using var noGradient = no_grad();
        var scale = probability < 1 ? 1 / (1 - probability) : 0;
        var noise = empty(sizes, dtype: like.dtype, device: like.device);
        if (!CpuMemory.HasFloats(noise))
            return noise.bernoulli_(1 - probability, generator).mul_(scale);
        ChanceLoop.Fill(noise, 1 - probability, (float)scale, generator);
        return noise;
    }
}

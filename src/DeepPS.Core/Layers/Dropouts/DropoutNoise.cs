using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The random factors of dropouts, from the forward pass's generator.</summary>
internal static class DropoutNoise
{
    /// <summary>The input with numbers dropped while training; else the input itself.</summary>
    public static Tensor Drop(Tensor input, double probability, ForwardContext context) =>
        context.Training && probability > 0 ? input.mul(Of(input, input.shape, probability, context.Generator)) : input;

    /// <summary>As <see cref="Drop"/>, in place: nothing else may read the tensor or need it for a gradient.</summary>
    public static Tensor DropInPlace(Tensor input, double probability, ForwardContext context) =>
        context.Training && probability > 0
            ? input.mul_(Of(input, input.shape, probability, context.Generator))
            : input;

    /// <summary>Numbers that are 0 with probability p, else 1 / (1 - p); their mean is 1.</summary>
    /// <param name="like">A tensor of the same type and device.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="probability">The probability of a 0.</param>
    /// <param name="generator">The random generator; null for torch's own.</param>
    public static Tensor Of(Tensor like, long[] sizes, double probability, Generator? generator) =>
        Make(like, sizes, probability, probability < 1 ? 1 / (1 - probability) : 0, generator);

    /// <summary>Numbers that are 0 with a probability, else 1.</summary>
    public static Tensor Kept(Tensor like, long[] sizes, double probability, Generator? generator) =>
        Make(like, sizes, probability, 1, generator);

    private static Tensor Make(Tensor like, long[] sizes, double probability, double kept, Generator? generator)
    {
        using var noGradient = no_grad();
        var noise = empty(sizes, dtype: like.dtype, device: like.device);
        if (!CpuMemory.HasFloats(noise))
            return noise.bernoulli_(1 - probability, generator).mul_(kept);
        ChanceLoop.Fill(noise, 1 - probability, (float)kept, generator);
        return noise;
    }
}

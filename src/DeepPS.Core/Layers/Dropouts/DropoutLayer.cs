using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What dropouts share: while training, parts of the input become 0 by chance, and the rest grows to keep the
/// mean.</summary>
/// <remarks>From Srivastava and others, Dropout (2014), scaled while training as PyTorch has it: each part is kept with
/// probability 1 - p and divided by 1 - p. Random numbers come from the forward pass's generator.</remarks>
public abstract record DropoutLayer : UnaryLayer
{
    /// <summary>How probable it is that a part becomes 0.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 0.5;

    protected override Shape OutputShape(Shape input) => input;

    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, context) => context.Training && Probability > 0 ? Drop(x, context.Generator) : x;

    /// <summary>The sizes of the noise, one number for each part of the input, for a batch's sizes.</summary>
    private protected abstract long[] NoiseSizes(long[] input);

    /// <summary>Drops parts of a batch.</summary>
    private protected virtual Tensor Drop(Tensor input, Generator? generator) =>
        input.mul(DropoutNoise.Of(input, NoiseSizes(input.shape), Probability, generator));
}

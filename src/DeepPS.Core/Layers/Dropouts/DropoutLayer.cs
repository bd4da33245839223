using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of dropouts: while training, random parts of the input become 0, and the rest is scaled to keep the
/// mean.</summary>
/// <remarks>From Srivastava and others, Dropout (2014), scaled while training as in PyTorch: each part is kept with
/// probability 1 - p and divided by 1 - p.</remarks>
public abstract record DropoutLayer : UnaryLayer
{
    /// <summary>The probability that a part becomes 0.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 0.5;

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => input;

    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, context) => context.Training && Probability > 0 ? Drop(x, context.Generator) : x;

    /// <summary>The sizes of the noise for the sizes of a batch: one number per part of the input.</summary>
    private protected abstract long[] NoiseSizes(long[] input);

    /// <summary>Drops parts of a batch.</summary>
    private protected virtual Tensor Drop(Tensor input, Generator? generator) =>
        input.mul(DropoutNoise.Of(input, NoiseSizes(input.shape), Probability, generator));
}

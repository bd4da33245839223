using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A step by the gradient over the root of its mean square, with optional momentum.</summary>
/// <remarks>
/// PyTorch's <c>optim.RMSprop</c>. From Tieleman and Hinton, lecture 6.5 (2012); centered after Graves (2013).
/// </remarks>
[CatalogEntry("RMSProp")]
public sealed record RMSProp : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], squares: List[Tensor], momenta: List[Tensor],
                means: List[Tensor], decay: float, alpha: float, epsilon: float, momentum: float, rate: float) -> None:
            slopes = decayed(parameters, gradients, decay)
            torch._foreach_mul_(squares, alpha)
            torch._foreach_addcmul_(squares, slopes, slopes, 1.0 - alpha)
            if len(means) > 0:
                torch._foreach_lerp_(means, slopes, 1.0 - alpha)
                roots = torch._foreach_addcmul(squares, means, means, -1.0)
                torch._foreach_sqrt_(roots)
            else:
                roots = torch._foreach_sqrt(squares)
            torch._foreach_add_(roots, epsilon)
            if len(momenta) > 0:
                torch._foreach_mul_(momenta, momentum)
                torch._foreach_addcdiv_(momenta, slopes, roots, 1.0)
                torch._foreach_add_(parameters, momenta, alpha=-rate)
            else:
                torch._foreach_addcdiv_(parameters, slopes, roots, -rate)
        """;

    private static readonly TorchScript Batch = new(Decay, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public RMSProp() => LearningRate = 0.01;

    /// <summary>The fraction of the mean squared gradient that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Alpha { get; init; } = 0.99;

    /// <summary>Added to the root of the mean square, to avoid division by zero.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The fraction of the last step that is added to the next.</summary>
    [Setting(Minimum = 0)]
    public double Momentum { get; init; }

    /// <summary>
    /// Whether to subtract the squared mean gradient from the mean square, which leaves the variance.
    /// </summary>
    [Setting]
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => (Centered, Momentum > 0) switch
    {
        (false, false) => ["square_avg"],
        (false, true) => ["square_avg", "momentum_buffer"],
        (true, false) => ["square_avg", "grad_avg"],
        (true, true) => ["square_avg", "momentum_buffer", "grad_avg"],
    };

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], Momentum > 0 ? state[1] : [], Centered ? state[^1] : [],
            WeightDecay, Alpha, Epsilon, Momentum, step.LearningRate);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var rule = new Rule((float)step.LearningRate, (float)WeightDecay, (float)Alpha, (float)(1 - Alpha),
            (float)Epsilon,
            (float)Momentum, Centered);
        FusedLoop.Run(rule, parameter, gradient, state[0],
            Momentum > 0 ? state[1] : [], Centered ? state[StateNames.Count - 1] : []);
    }

    private readonly struct Rule(float rate, float decay, float alpha, float rest, float epsilon, float momentum,
        bool centered)
        : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> square, ref Vector<float> buffer, ref Vector<float> mean)
        {
            gradient += parameter * decay;
            square = square * alpha + gradient * gradient * rest;
            var variance = square;
            if (centered)
            {
                mean = mean * alpha + gradient * rest;
                variance -= mean * mean;
            }

            var direction = gradient / (Vector.SquareRoot(variance) + new Vector<float>(epsilon));
            if (momentum > 0)
                buffer = direction = buffer * momentum + direction;
            parameter -= direction * rate;
        }
    }
}

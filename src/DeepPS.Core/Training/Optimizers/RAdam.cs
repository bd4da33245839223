using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Adam with rectified rates: the first steps are smaller, until the mean square is reliable.</summary>
/// <remarks>PyTorch's <c>optim.RAdam</c>. From Liu and others (2019).</remarks>
[CatalogEntry("RAdam")]
public sealed record RAdam : MomentOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor],
                decay: float, beta1: float, beta2: float, epsilon: float, rate: float, rectified: bool) -> None:
            follow(decayed(parameters, gradients, decay), means, squares, beta1, beta2)
            if rectified:
                divisors = torch._foreach_sqrt(squares)
                torch._foreach_add_(divisors, epsilon)
                torch._foreach_addcdiv_(parameters, means, divisors, -rate)
            else:
                torch._foreach_add_(parameters, means, alpha=-rate)
        """;

    private static readonly TorchScript Batch = new(Decay, Following, Script);

    /// <summary>The effective length of the mean above which it is reliable.</summary>
    private const double TrustedLength = 5;

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step)
    {
        var (rate, rectified) = Rate(step);
        Batch.Run(parameters, gradients, state[0], state[1], WeightDecay, Beta1, Beta2, Epsilon, rate, rectified);
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var (rate, rectified) = Rate(step);
        FusedLoop.Run(new Rule(new Means(this), (float)WeightDecay, (float)Epsilon, (float)rate, rectified),
            parameter, gradient, state[0], state[1]);
    }

    /// <summary>The factor on the mean gradient, and whether the root of the mean square divides it.</summary>
    private (double Rate, bool Rectified) Rate(RuleStep step)
    {
        var (first, second) = (Correction(Beta1, step.Number), Correction(Beta2, step.Number));
        var longest = 2 / (1 - Beta2) - 1;
        var length = longest - 2 * step.Number * (1 - second) / second;
        if (length <= TrustedLength)
            return (step.LearningRate / first, false);
        var rectification = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
        return (step.LearningRate / first * Math.Sqrt(rectification * second), true);
    }

    private readonly struct Rule(Means means, float decay, float epsilon, float rate, bool rectified) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> mean, ref Vector<float> square, ref Vector<float> third)
        {
            means.Follow(gradient + parameter * decay, ref mean, ref square);
            parameter -= rectified
                ? mean * rate / (Vector.SquareRoot(square) + new Vector<float>(epsilon))
                : mean * rate;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Adam with Nesterov momentum.</summary>
/// <remarks>
/// PyTorch's <c>optim.NAdam</c> in the form of PyTorch 2 (1.13 without <c>foreach</c> took the momentum of a step
/// twice). From Dozat (2016).
/// </remarks>
[CatalogEntry("NAdam")]
public sealed record NAdam : MomentOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor],
                decay: float, beta1: float, beta2: float, correction: float, epsilon: float,
                now: float, ahead: float) -> None:
            slopes = decayed(parameters, gradients, decay)
            follow(slopes, means, squares, beta1, beta2)
            divisors = torch._foreach_div(squares, correction)
            torch._foreach_sqrt_(divisors)
            torch._foreach_add_(divisors, epsilon)
            torch._foreach_addcdiv_(parameters, slopes, divisors, -now)
            torch._foreach_addcdiv_(parameters, means, divisors, -ahead)
        """;

    private static readonly TorchScript Batch = new(Decay, Following, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public NAdam() => LearningRate = 2e-3;

    /// <summary>The rate at which the momentum grows from half of Beta1 to Beta1.</summary>
    [Setting(Minimum = 0)]
    public double MomentumDecay { get; init; } = 4e-3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemoryNames => ["mu_product"];

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step)
    {
        var (now, ahead) = Rates(step);
        Batch.Run(parameters, gradients, state[0], state[1], WeightDecay, Beta1, Beta2, Correction(Beta2, step.Number),
            Epsilon, now, ahead);
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var (now, ahead) = Rates(step);
        FusedLoop.Run(new Rule(new Means(this), (float)WeightDecay, (float)(1 / Correction(Beta2, step.Number)),
            (float)Epsilon, (float)now, (float)ahead), parameter, gradient, state[0], state[1]);
    }

    /// <inheritdoc/>
    public override void Remember(RuleStep step) => step.Memory[0] = Product(step);

    /// <summary>The momentum of a step.</summary>
    private double Momentum(long step) => Beta1 * (1 - 0.5 * Math.Pow(0.96, step * MomentumDecay));

    /// <summary>The product of the momenta of all steps up to this one.</summary>
    private double Product(RuleStep step) => (step.Number == 1 ? 1 : step.Memory[0]) * Momentum(step.Number);

    /// <summary>The rates of the gradient and of its mean.</summary>
    private (double Gradient, double Mean) Rates(RuleStep step)
    {
        var (now, next) = (Momentum(step.Number), Momentum(step.Number + 1));
        var product = Product(step);
        return (step.LearningRate * (1 - now) / (1 - product), step.LearningRate * next / (1 - product * next));
    }

    private readonly struct Rule(Means means, float decay, float correction, float epsilon, float now, float ahead)
        : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> mean, ref Vector<float> square, ref Vector<float> third)
        {
            gradient += parameter * decay;
            means.Follow(gradient, ref mean, ref square);
            var divisor = Vector.SquareRoot(square * correction) + new Vector<float>(epsilon);
            parameter -= (gradient * now + mean * ahead) / divisor;
        }
    }
}

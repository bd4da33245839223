using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A step by the sign of the momentum alone: all numbers of a parameter change by the same amount.</summary>
/// <remarks>
/// parameter -= rate (sign(beta1 m + (1 - beta1) g) + decay parameter), then m = beta2 m + (1 - beta2) g. From Chen and
/// others, Symbolic Discovery of Optimization Algorithms (2023), with its defaults. It needs a learning rate three to
/// ten times smaller than AdamW's, and a weight decay larger by the same factor.
/// </remarks>
[CatalogEntry("Lion")]
public sealed record Lion : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], momenta: List[Tensor],
                shrinking: float, beta1: float, beta2: float, rate: float) -> None:
            directions = torch._foreach_mul(momenta, beta1)
            torch._foreach_add_(directions, gradients, alpha=1.0 - beta1)
            torch._foreach_sign_(directions)
            torch._foreach_mul_(parameters, shrinking)
            torch._foreach_add_(parameters, directions, alpha=-rate)
            torch._foreach_lerp_(momenta, gradients, 1.0 - beta2)
        """;

    private static readonly TorchScript Batch = new(Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public Lion() => LearningRate = 1e-4;

    /// <summary>The weight of the momentum in a step; the gradient has the rest.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The fraction of the momentum that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta2 { get; init; } = 0.99;

    /// <summary>The fraction by which each step shrinks the parameters, times the learning rate.</summary>
    [Setting(Minimum = 0)]
    public override double WeightDecay { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["exp_avg"];

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], 1 - step.LearningRate * WeightDecay, Beta1, Beta2,
            step.LearningRate);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step) =>
        FusedLoop.Run(new Rule((float)(1 - step.LearningRate * WeightDecay), (float)Beta1, (float)(1 - Beta1),
            (float)Beta2, (float)(1 - Beta2), (float)step.LearningRate), parameter, gradient, state[0]);

    private readonly struct Rule(float shrinking, float beta1, float rest1, float beta2, float rest2, float rate)
        : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> momentum, ref Vector<float> second, ref Vector<float> third)
        {
            parameter = parameter * shrinking - FusedLoop.Sign(momentum * beta1 + gradient * rest1) * rate;
            momentum = momentum * beta2 + gradient * rest2;
        }
    }
}

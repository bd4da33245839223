using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Adam with the largest recent gradient instead of the root of the mean square.</summary>
/// <remarks>
/// PyTorch's <c>optim.Adamax</c>: u = max(beta2 u, |gradient| + epsilon); parameter -= rate / (1 - beta1^t) * mean / u.
/// From Kingma and Ba (2014), section 7.1.
/// </remarks>
[CatalogEntry("Adamax")]
public sealed record Adamax : MomentOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], largest: List[Tensor],
                decay: float, beta1: float, beta2: float, epsilon: float, rate: float) -> None:
            slopes = decayed(parameters, gradients, decay)
            torch._foreach_lerp_(means, slopes, 1.0 - beta1)
            sizes = torch._foreach_abs(slopes)
            torch._foreach_add_(sizes, epsilon)
            torch._foreach_mul_(largest, beta2)
            torch._foreach_maximum_(largest, sizes)
            torch._foreach_addcdiv_(parameters, means, largest, -rate)
        """;

    private static readonly TorchScript Batch = new(Decay, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public Adamax() => LearningRate = 2e-3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_inf"];

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], state[1], WeightDecay, Beta1, Beta2, Epsilon, Rate(step));

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step) =>
        FusedLoop.Run(new Rule((float)WeightDecay, (float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)Epsilon,
            (float)Rate(step)), parameter, gradient, state[0], state[1]);

    private double Rate(RuleStep step) => step.LearningRate / Correction(Beta1, step.Number);

    private readonly struct Rule(float decay, float beta1, float rest1, float beta2, float epsilon, float rate)
        : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> mean, ref Vector<float> largest, ref Vector<float> third)
        {
            gradient += parameter * decay;
            mean = mean * beta1 + gradient * rest1;
            largest = Vector.Max(largest * beta2, Vector.Abs(gradient) + new Vector<float>(epsilon));
            parameter -= mean * rate / largest;
        }
    }
}

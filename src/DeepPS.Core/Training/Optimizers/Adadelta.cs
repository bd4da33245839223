using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A step by the gradient over its root mean square, times the root mean square of recent steps.</summary>
/// <remarks>PyTorch's <c>optim.Adadelta</c>, learning rate 1. From Zeiler (2012).</remarks>
[CatalogEntry("Adadelta")]
public sealed record Adadelta : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], squares: List[Tensor], steps: List[Tensor],
                decay: float, rho: float, epsilon: float, rate: float) -> None:
            slopes = decayed(parameters, gradients, decay)
            torch._foreach_mul_(squares, rho)
            torch._foreach_addcmul_(squares, slopes, slopes, 1.0 - rho)
            roots = torch._foreach_add(squares, epsilon)
            torch._foreach_sqrt_(roots)
            deltas = torch._foreach_add(steps, epsilon)
            torch._foreach_sqrt_(deltas)
            torch._foreach_div_(deltas, roots)
            torch._foreach_mul_(deltas, slopes)
            torch._foreach_mul_(steps, rho)
            torch._foreach_addcmul_(steps, deltas, deltas, 1.0 - rho)
            torch._foreach_add_(parameters, deltas, alpha=-rate)
        """;

    private static readonly TorchScript Batch = new(Decay, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public Adadelta() => LearningRate = 1;

    /// <summary>The fraction of the mean squares of gradients and steps that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Rho { get; init; } = 0.9;

    /// <summary>Added to the mean squares; it alone determines the length of the first steps.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["square_avg", "acc_delta"];

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], state[1], WeightDecay, Rho, Epsilon, step.LearningRate);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step) =>
        FusedLoop.Run(new Rule((float)WeightDecay, (float)Rho, (float)(1 - Rho), (float)Epsilon,
            (float)step.LearningRate),
            parameter, gradient, state[0], state[1]);

    private readonly struct Rule(float decay, float rho, float rest, float epsilon, float rate) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> square, ref Vector<float> steps, ref Vector<float> third)
        {
            gradient += parameter * decay;
            square = square * rho + gradient * gradient * rest;
            var small = new Vector<float>(epsilon);
            var delta = Vector.SquareRoot(steps + small) / Vector.SquareRoot(square + small) * gradient;
            steps = steps * rho + delta * delta * rest;
            parameter -= delta * rate;
        }
    }
}

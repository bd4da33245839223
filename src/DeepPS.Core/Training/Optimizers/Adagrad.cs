using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A step by the gradient over the root of the sum of all squared gradients so far.</summary>
/// <remarks>PyTorch's <c>optim.Adagrad</c>. From Duchi, Hazan and Singer (2011).</remarks>
[CatalogEntry("Adagrad")]
public sealed record Adagrad : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], sums: List[Tensor],
                decay: float, epsilon: float, rate: float) -> None:
            slopes = decayed(parameters, gradients, decay)
            torch._foreach_addcmul_(sums, slopes, slopes, 1.0)
            roots = torch._foreach_sqrt(sums)
            torch._foreach_add_(roots, epsilon)
            torch._foreach_addcdiv_(parameters, slopes, roots, -rate)
        """;

    private static readonly TorchScript Batch = new(Decay, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public Adagrad() => LearningRate = 0.01;

    /// <summary>The decrease of the learning rate: in step t it is divided by 1 + (t - 1) times this value.</summary>
    [Setting(Minimum = 0)]
    public double LearningRateDecay { get; init; }

    /// <summary>The initial value of the sum of squares.</summary>
    [Setting(Minimum = 0)]
    public double InitialAccumulator { get; init; }

    /// <summary>Added to the root of the sum, to avoid division by zero.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["sum"];

    /// <inheritdoc/>
    public override double Initial(int state, double learningRate) => InitialAccumulator;

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], WeightDecay, Epsilon, Rate(step));

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step) =>
        FusedLoop.Run(new Rule((float)WeightDecay, (float)Epsilon, (float)Rate(step)), parameter, gradient, state[0]);

    private double Rate(RuleStep step) => step.LearningRate / (1 + (step.Number - 1) * LearningRateDecay);

    private readonly struct Rule(float decay, float epsilon, float rate) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> sum, ref Vector<float> second, ref Vector<float> third)
        {
            gradient += parameter * decay;
            sum += gradient * gradient;
            parameter -= gradient * rate / (Vector.SquareRoot(sum) + new Vector<float>(epsilon));
        }
    }
}

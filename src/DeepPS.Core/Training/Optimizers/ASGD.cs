using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Averaged stochastic gradient descent: plain steps of decreasing length, and the mean of the parameters in the state.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.ASGD</c>. As there, the mean (<c>ax</c>) is part of the state, and the parameters remain those of
/// the last step; use an average decay to end a training with averaged parameters. From Polyak and Juditsky (1992).
/// </remarks>
[CatalogEntry("ASGD")]
public sealed record ASGD : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor],
                decay: float, shrinking: float, rate: float, share: float) -> None:
            steps = decayed(parameters, gradients, decay)
            torch._foreach_mul_(parameters, shrinking)
            torch._foreach_add_(parameters, steps, alpha=-rate)
            torch._foreach_lerp_(means, parameters, share)
        """;

    private static readonly TorchScript Batch = new(Decay, Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public ASGD() => LearningRate = 0.01;

    /// <summary>
    /// The decay of parameters and of the learning rate, PyTorch's lambd: each step shrinks parameters by it times the
    /// rate.
    /// </summary>
    [Setting(Minimum = 0)]
    public double Lambda { get; init; } = 1e-4;

    /// <summary>The power of the decrease of the learning rate.</summary>
    [Setting(Minimum = 0)]
    public double Alpha { get; init; } = 0.75;

    /// <summary>The step after which the averaging starts.</summary>
    [Setting(Minimum = 0)]
    public double AverageFrom { get; init; } = 1e6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["ax"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemoryNames => ["eta"];

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step)
    {
        var rate = Rate(step);
        Batch.Run(parameters, gradients, state[0], WeightDecay, 1 - Lambda * rate, rate, Share(step));
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var rate = Rate(step);
        FusedLoop.Run(new Rule((float)WeightDecay, (float)(1 - Lambda * rate), (float)rate, (float)Share(step)),
            parameter, gradient, state[0]);
    }

    /// <inheritdoc/>
    public override void Remember(RuleStep step) =>
        step.Memory[0] = step.LearningRate / Math.Pow(1 + Lambda * step.LearningRate * step.Number, Alpha);

    /// <summary>The learning rate of a step, which the step before has computed.</summary>
    private static double Rate(RuleStep step) => step.Number == 1 ? step.LearningRate : step.Memory[0];

    /// <summary>The weight of a step's parameters in the mean.</summary>
    private double Share(RuleStep step) => 1 / Math.Max(1, step.Number - 1 - AverageFrom);

    private readonly struct Rule(float decay, float shrinking, float rate, float share) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> mean, ref Vector<float> second, ref Vector<float> third)
        {
            gradient += parameter * decay;
            parameter = parameter * shrinking - gradient * rate;
            mean += (parameter - mean) * share;
        }
    }
}

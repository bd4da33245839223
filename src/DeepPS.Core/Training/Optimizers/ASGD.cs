using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Averaged stochastic gradient descent: plain steps whose length falls, and beside them the mean of the parameters.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.ASGD</c>. As there, the mean (<c>ax</c>) is part of the state and the parameters stay those of the
/// last step; a training that is to end with a mean takes an average decay. From Polyak and Juditsky (1992).
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

    /// <summary>Makes it with its own learning rate.</summary>
    public ASGD() => LearningRate = 0.01;

    /// <summary>How much each parameter shrinks in a step, times its length; the steps get shorter by it too.</summary>
    [Setting(Minimum = 0)]
    public double Lambda { get; init; } = 1e-4;

    /// <summary>The power by which the steps get shorter.</summary>
    [Setting(Minimum = 0)]
    public double Alpha { get; init; } = 0.75;

    /// <summary>The step from which on the mean is taken.</summary>
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
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state, RuleStep step)
    {
        var rate = Rate(step);
        FusedLoop.Run(new Rule((float)WeightDecay, (float)(1 - Lambda * rate), (float)rate, (float)Share(step)),
            parameter, gradient, state[0]);
    }

    /// <inheritdoc/>
    public override void Remember(RuleStep step) =>
        step.Memory[0] = step.LearningRate / Math.Pow(1 + Lambda * step.LearningRate * step.Number, Alpha);

    /// <summary>The length of a step follows from the step before.</summary>
    private static double Rate(RuleStep step) => step.Number == 1 ? step.LearningRate : step.Memory[0];

    /// <summary>How much a step's parameters count in the mean.</summary>
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

using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Resilient propagation: a step by the gradient's sign alone, longer while the sign stays and shorter when it changes.
/// Use it with all samples in one batch.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.Rprop</c>: a step is skipped after a change of sign. The learning rate is the initial length of a
/// step. From Riedmiller and Braun (1993).
/// </remarks>
[CatalogEntry("Rprop")]
public sealed record Rprop : ElementwiseOptimizer
{
    private const string Script = """
        # s is the sign of the gradient times the one before. The factor on a length is exact, since two of its three
        # terms are 0: max(s, 0) longer - min(s, 0) shorter + (1 - |s|). The gradient is kept times 1 + min(s, 0).
        def run(parameters: List[Tensor], gradients: List[Tensor], before: List[Tensor], lengths: List[Tensor],
                shorter: float, longer: float, shortest: float, longest: float) -> None:
            signs = torch._foreach_mul(before, gradients)
            torch._foreach_sign_(signs)
            opposed = torch._foreach_clamp_max(signs, 0.0)
            factors = torch._foreach_clamp_min(signs, 0.0)
            torch._foreach_mul_(factors, longer)
            torch._foreach_add_(factors, opposed, alpha=-shorter)
            torch._foreach_abs_(signs)
            torch._foreach_sub_(factors, signs)
            torch._foreach_add_(factors, 1.0)
            torch._foreach_mul_(lengths, factors)
            torch._foreach_clamp_min_(lengths, shortest)
            torch._foreach_clamp_max_(lengths, longest)
            torch._foreach_add_(opposed, 1.0)
            torch._foreach_copy_(before, gradients)
            torch._foreach_mul_(before, opposed)
            directions = torch._foreach_sign(before)
            torch._foreach_addcmul_(parameters, directions, lengths, -1.0)
        """;

    private static readonly TorchScript Batch = new(Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public Rprop() => LearningRate = 0.01;

    /// <summary>The factor on the length of a step after a change of sign.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double EtaMinus { get; init; } = 0.5;

    /// <summary>The factor on the length of a step while the sign stays.</summary>
    [Setting(Minimum = 1)]
    public double EtaPlus { get; init; } = 1.2;

    /// <summary>The shortest step.</summary>
    [Setting(Minimum = 0)]
    public double MinimumStep { get; init; } = 1e-6;

    /// <summary>The longest step.</summary>
    [Setting(Minimum = 0)]
    public double MaximumStep { get; init; } = 50;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["prev", "step_size"];

    /// <inheritdoc/>
    public override double Initial(int state, double learningRate) => state == 1 ? learningRate : 0;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (MaximumStep < MinimumStep)
            throw SettingProblem.Of(this, nameof(MaximumStep),
                FormattableString.Invariant($"MinimumStep ({MinimumStep}) or more"), MaximumStep);
    }

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], state[1], EtaMinus, EtaPlus, MinimumStep, MaximumStep);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step) =>
        FusedLoop.Run(new Rule((float)EtaMinus, (float)EtaPlus, (float)MinimumStep, (float)MaximumStep),
            parameter, gradient, state[0], state[1]);

    private readonly struct Rule(float shortening, float lengthening, float shortest, float longest) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> before, ref Vector<float> length, ref Vector<float> third)
        {
            var agreement = gradient * before;
            var opposed = Vector.LessThan(agreement, Vector<float>.Zero);
            var factor = Vector.ConditionalSelect(Vector.GreaterThan(agreement, Vector<float>.Zero),
                new Vector<float>(lengthening), Vector<float>.One);
            factor = Vector.ConditionalSelect(opposed, new Vector<float>(shortening), factor);
            length = Vector.Min(Vector.Max(length * factor, new Vector<float>(shortest)), new Vector<float>(longest));
            before = Vector.ConditionalSelect(opposed, Vector<float>.Zero, gradient);
            parameter -= FusedLoop.Sign(before) * length;
        }
    }
}

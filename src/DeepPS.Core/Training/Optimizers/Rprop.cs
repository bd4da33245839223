using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Resilient propagation: a step by the gradient's sign alone, longer while the sign stays and shorter when it changes.
/// It is for whole-set gradients.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.Rprop</c>: after a change of sign a step is left out. The learning rate is the first length of a
/// step. From Riedmiller and Braun (1993).
/// </remarks>
[CatalogEntry("Rprop")]
public sealed record Rprop : ElementwiseOptimizer
{
    /// <summary>Makes it with its own learning rate.</summary>
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
    public override void Update(Tensor parameter, Tensor gradient, Tensor[] state, RuleStep step)
    {
        using var scope = NewDisposeScope();
        var (before, length) = (state[0], state[1]);
        var agreement = gradient.mul(before);
        var factor = ones_like(agreement).masked_fill_(agreement.gt(0), EtaPlus)
            .masked_fill_(agreement.lt(0), EtaMinus);
        length.mul_(factor).clamp_(MinimumStep, MaximumStep);
        before.copy_(gradient).masked_fill_(agreement.lt(0), 0);
        parameter.addcmul_(before.sign(), length, -1);
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state, RuleStep step) =>
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

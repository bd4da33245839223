using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: all but where the weight decay goes.</summary>
public abstract record AdaptiveMoments : MomentOptimizer
{
    /// <summary>Whether the largest mean square so far is divided by, which never lets the pace grow again.</summary>
    [Setting]
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames =>
        AmsGrad ? [.. base.StateNames, "max_exp_avg_sq"] : base.StateNames;

    /// <summary>How much of the parameter is added to its gradient.</summary>
    private protected abstract double GradientDecay { get; }

    /// <summary>The factor on the parameter before the step.</summary>
    private protected abstract double Shrinking(double learningRate);

    /// <inheritdoc/>
    public override void Update(Tensor parameter, Tensor gradient, Tensor[] state, RuleStep step)
    {
        using var scope = NewDisposeScope();
        var (mean, square) = (state[0], state[1]);
        if (GradientDecay != 0)
            gradient = gradient.add(parameter, GradientDecay);
        parameter.mul_(Shrinking(step.LearningRate));
        Follow(gradient, mean, square);
        if (AmsGrad)
            square = state[2].copy_(state[2].maximum(square));
        var (rate, root) = Corrections(step);
        parameter.addcdiv_(mean, square.sqrt().div_(root).add_(Epsilon), -rate);
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state, RuleStep step)
    {
        var (rate, root) = Corrections(step);
        FusedLoop.Run(new Rule(new Means(this), (float)GradientDecay, (float)Shrinking(step.LearningRate),
            (float)(1 / root), (float)Epsilon, (float)rate, AmsGrad),
            parameter, gradient, state[0], state[1], AmsGrad ? state[2] : []);
    }

    /// <summary>The rate and the divisor of the root that make up for means that began at 0.</summary>
    private (double Rate, double Root) Corrections(RuleStep step) =>
        (step.LearningRate / Correction(Beta1, step.Number), Math.Sqrt(Correction(Beta2, step.Number)));

    private readonly struct Rule(Means means, float decay, float shrinking, float correction, float epsilon, float rate,
        bool amsGrad) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> mean, ref Vector<float> square, ref Vector<float> largest)
        {
            means.Follow(gradient + parameter * decay, ref mean, ref square);
            var divided = amsGrad ? largest = Vector.Max(largest, square) : square;
            var divisor = Vector.SquareRoot(divided) * correction + new Vector<float>(epsilon);
            parameter = parameter * shrinking - mean * rate / divisor;
        }
    }
}

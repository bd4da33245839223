using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: all but where the weight decay goes.</summary>
public abstract record AdaptiveMoments : Optimizer
{
    /// <summary>How much of the mean gradient is kept from one step to the next.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean squared gradient is kept from one step to the next.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What is added to the root of the mean square, so that nothing is divided by 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    /// <summary>How much of the parameter is added to its gradient.</summary>
    private protected abstract double GradientDecay { get; }

    /// <summary>The factor on the parameter before the step.</summary>
    private protected abstract double Shrinking(double learningRate);

    /// <inheritdoc/>
    public override void Update(Tensor parameter, Tensor gradient, Tensor[] state, double learningRate, long step)
    {
        using var scope = NewDisposeScope();
        var (mean, square) = (state[0], state[1]);
        if (GradientDecay != 0)
            gradient = gradient.add(parameter, GradientDecay);
        parameter.mul_(Shrinking(learningRate));
        mean.mul_(Beta1).add_(gradient, 1 - Beta1);
        square.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var (rate, root) = Corrections(learningRate, step);
        parameter.addcdiv_(mean, square.sqrt().div_(root).add_(Epsilon), -rate);
    }

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        double learningRate, long step)
    {
        var (rate, root) = Corrections(learningRate, step);
        FusedLoop.Run(new Rule((float)GradientDecay, (float)Shrinking(learningRate), (float)Beta1, (float)(1 - Beta1),
            (float)Beta2, (float)(1 - Beta2), (float)(1 / root), (float)Epsilon, (float)rate),
            parameter, gradient, state[0], state[1]);
    }

    /// <summary>The rate and the divisor of the root that make up for means that began at 0.</summary>
    private (double Rate, double Root) Corrections(double learningRate, long step) =>
        (learningRate / (1 - Math.Pow(Beta1, step)), Math.Sqrt(1 - Math.Pow(Beta2, step)));

    private readonly struct Rule(float decay, float shrinking, float beta1, float rest1, float beta2, float rest2,
        float correction, float epsilon, float rate) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> first, ref Vector<float> second, ref Vector<float> third)
        {
            gradient += parameter * decay;
            first = first * beta1 + gradient * rest1;
            second = second * beta2 + gradient * gradient * rest2;
            var divisor = Vector.SquareRoot(second) * correction + new Vector<float>(epsilon);
            parameter = parameter * shrinking - first * rate / divisor;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// The base of Adam and its descendants: a rule with moving averages of the gradients and of their squares (or, for
/// <see cref="Adamax"/>, their largest).
/// </summary>
public abstract record MomentOptimizer : DecayingOptimizer
{
    /// <summary>TorchScript: updates both means.</summary>
    private protected const string Following = """
        def follow(gradients: List[Tensor], means: List[Tensor], squares: List[Tensor],
                beta1: float, beta2: float) -> None:
            torch._foreach_lerp_(means, gradients, 1.0 - beta1)
            torch._foreach_mul_(squares, beta2)
            torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - beta2)
        """;

    /// <summary>The fraction of the mean gradient that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The fraction of the mean squared gradient that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the divisor, to avoid division by zero.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Beta1 == 1)
            throw SettingProblem.Of(this, nameof(Beta1), "a number below 1", Beta1);
        if (Beta2 == 1)
            throw SettingProblem.Of(this, nameof(Beta2), "a number below 1", Beta2);
    }

    /// <summary>The bias correction for means that began at 0: 1 - beta^step.</summary>
    private protected static double Correction(double beta, long step) => 1 - Math.Pow(beta, step);

    /// <summary>Updates both means, for vectors.</summary>
    private protected readonly struct Means(MomentOptimizer rule)
    {
        private readonly float beta1 = (float)rule.Beta1;
        private readonly float rest1 = (float)(1 - rule.Beta1);
        private readonly float beta2 = (float)rule.Beta2;
        private readonly float rest2 = (float)(1 - rule.Beta2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Follow(Vector<float> gradient, ref Vector<float> mean, ref Vector<float> square)
        {
            mean = mean * beta1 + gradient * rest1;
            square = square * beta2 + gradient * gradient * rest2;
        }
    }
}

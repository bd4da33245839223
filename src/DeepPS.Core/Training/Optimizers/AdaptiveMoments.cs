using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>The base of <see cref="Adam"/> and <see cref="AdamW"/>, which differ only in the weight decay.</summary>
public abstract record AdaptiveMoments : MomentOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor],
                largest: List[Tensor], decays_parameters: bool, number: float,
                rate: float, beta1: float, beta2: float, decay: float, epsilon: float, ams_grad: bool) -> None:
            # Type 6 is float32: the kernels read the counts as such, whatever the type of the parameters.
            counts = [torch.full([], number, dtype=6, device=parameters[0].device)] * len(parameters)
            if decays_parameters:
                torch._fused_adamw_(parameters, gradients, means, squares, largest, counts, lr=rate, beta1=beta1,
                    beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=ams_grad, maximize=False)
            else:
                torch._fused_adam_(parameters, gradients, means, squares, largest, counts, lr=rate, beta1=beta1,
                    beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=ams_grad, maximize=False)
        """;

    private static readonly TorchScript Batch = new(Script);

    /// <summary>
    /// Whether to divide by the largest mean square so far, so that the effective rate never grows again.
    /// </summary>
    [Setting]
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames =>
        AmsGrad ? [.. base.StateNames, "max_exp_avg_sq"] : base.StateNames;

    /// <summary>Whether the weight decay shrinks the parameters directly instead of entering the gradient.</summary>
    private protected abstract bool DecaysParameters { get; }

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, state[0], state[1], AmsGrad ? state[2] : [], DecaysParameters,
            (double)step.Number, step.LearningRate, Beta1, Beta2, WeightDecay, Epsilon, AmsGrad);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var (rate, root) = Corrections(step);
        var (decay, shrinking) = DecaysParameters ? (0.0, 1 - step.LearningRate * WeightDecay) : (WeightDecay, 1.0);
        FusedLoop.Run(new Rule(new Means(this), (float)decay, (float)shrinking, (float)(1 / root), (float)Epsilon,
            (float)rate, AmsGrad), parameter, gradient, state[0], state[1], AmsGrad ? state[2] : []);
    }

    /// <summary>The rate and the divisor of the root with bias correction: both means began at 0.</summary>
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

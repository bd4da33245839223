using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Catalog;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Stochastic gradient descent: a step against the gradient, with optional momentum.</summary>
/// <remarks>
/// PyTorch's <c>optim.SGD</c>: the momentum begins as the first gradient. From Sutskever and others, On the importance
/// of initialization and momentum in deep learning (2013), in PyTorch's form.
/// </remarks>
[CatalogEntry("SGD")]
public sealed record SGD : DecayingOptimizer
{
    private const string Script = """
        def run(parameters: List[Tensor], gradients: List[Tensor], momenta: List[Tensor],
                decay: float, momentum: float, rate: float, dampening: float, nesterov: bool, first: bool) -> None:
            torch._fused_sgd_(parameters, gradients, momenta, weight_decay=decay, momentum=momentum, lr=rate,
                dampening=dampening, nesterov=nesterov, maximize=False, is_first_step=first)
        """;

    private static readonly TorchScript Batch = new(Script);

    /// <summary>Creates it with its default learning rate.</summary>
    public SGD() => LearningRate = 0.01;

    /// <summary>The fraction of the last step that is added to the next.</summary>
    [Setting(Minimum = 0)]
    public double Momentum { get; init; }

    /// <summary>The fraction of the gradient that is not added to the momentum.</summary>
    [Setting]
    public double Dampening { get; init; }

    /// <summary>Whether to use Nesterov momentum.</summary>
    [Setting]
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => Momentum > 0 ? ["momentum_buffer"] : [];

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
            throw SettingProblem.Of(this, nameof(Nesterov), "false unless Momentum is above 0 and Dampening is 0",
                FormattableString.Invariant($"Momentum {Momentum}, Dampening {Dampening}"));
    }

    /// <inheritdoc/>
    public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
        Batch.Run(parameters, gradients, Momentum > 0 ? state[0] : [], WeightDecay, Momentum, step.LearningRate,
            Dampening, Nesterov, step.Number == 1);

    /// <inheritdoc/>
    public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step)
    {
        var (rate, decay) = ((float)step.LearningRate, (float)WeightDecay);
        var (kept, added) = Mix(step.Number);
        if (Momentum > 0)
            FusedLoop.Run(new WithMomentum(rate, decay, (float)kept, (float)added, (float)Momentum, Nesterov),
                parameter, gradient, state[0]);
        else
            FusedLoop.Run(new Plain(rate, decay), parameter, gradient);
    }

    /// <summary>
    /// The factors on the momentum so far and on the gradient. The first momentum is the first gradient.
    /// </summary>
    private (double Kept, double Added) Mix(long step) => step == 1 ? (0, 1) : (Momentum, 1 - Dampening);

    private readonly struct Plain(float rate, float decay) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> first, ref Vector<float> second, ref Vector<float> third) =>
            parameter -= (gradient + parameter * decay) * rate;
    }

    private readonly struct WithMomentum(float rate, float decay, float kept, float added, float momentum,
        bool nesterov) : IFusedRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(ref Vector<float> parameter, Vector<float> gradient,
            ref Vector<float> first, ref Vector<float> second, ref Vector<float> third)
        {
            var direction = gradient + parameter * decay;
            first = first * kept + direction * added;
            parameter -= (nesterov ? direction + first * momentum : first) * rate;
        }
    }
}

using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// A rule that updates each number of a parameter by itself, from its gradient and the state of earlier steps.
/// </summary>
public abstract record ElementwiseOptimizer : GradientOptimizer
{
    /// <summary>The names of the state tensors of each parameter, which have the parameter's shape.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <inheritdoc/>
    internal sealed override int StateCopies => StateNames.Count;

    /// <summary>The names of the state numbers of each parameter.</summary>
    public virtual IReadOnlyList<string> MemoryNames => [];

    /// <summary>The initial value of a state tensor.</summary>
    /// <param name="state">Its index in <see cref="StateNames"/>.</param>
    /// <param name="learningRate">The learning rate of the first step.</param>
    public virtual double Initial(int state, double learningRate) => 0;

    /// <summary>Takes one step of several parameters with few calls of torch, on every device and type.</summary>
    /// <param name="parameters">
    /// The parameters, changed in place. They are on one device, of one type and contiguous, as are gradients and
    /// state.
    /// </param>
    /// <param name="gradients">Their gradients, of the same shapes; they are not changed.</param>
    /// <param name="state">
    /// The state tensors, changed in place: for each of <see cref="StateNames"/> those of all parameters.
    /// </param>
    /// <param name="step">The step, the same for all parameters.</param>
    public abstract void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step);

    /// <summary>
    /// The same step as one pass over float32 memory, for parameters on the CPU. It is several times faster, because
    /// every value is read and written once. The arguments are those of <see cref="Update"/>.
    /// </summary>
    /// <param name="parameter">The parameter's values, or a range of them, changed in place.</param>
    /// <param name="gradient">Its gradient's values.</param>
    /// <param name="state">The state, of the same length.</param>
    /// <param name="step">The step.</param>
    public abstract void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
        RuleStep step);

    /// <summary>Updates the state numbers after a step.</summary>
    /// <param name="step">The step; its <see cref="RuleStep.Memory"/> is changed in place.</param>
    public virtual void Remember(RuleStep step)
    {
    }

    /// <inheritdoc/>
    public sealed override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) =>
        new ElementwiseStep(this, parameters);

    /// <summary>The rule for a parameter whose layer sets its own weight decay.</summary>
    /// <exception cref="DlException"><c>OptimizerUse</c>: the rule has no weight decay.</exception>
    internal virtual ElementwiseOptimizer WithWeightDecay(double decay) =>
        throw Unusable("has no weight decay, but a layer sets one. Remove WeightDecay from the layers, or use another "
            + "optimizer.");
}

/// <summary>The values of a step that are the same for all numbers of a parameter, or of several together.</summary>
/// <param name="LearningRate">The learning rate of this step, with the factors of schedule and layer.</param>
/// <param name="Number">The number of this step of the parameter, from 1.</param>
/// <param name="Memory">
/// The state numbers after the step before, in the order of <see cref="ElementwiseOptimizer.MemoryNames"/>; 0 at first.
/// </param>
public readonly record struct RuleStep(double LearningRate, long Number, double[] Memory);

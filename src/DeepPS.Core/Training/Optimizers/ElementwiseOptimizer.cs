using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A rule that each number of a parameter follows by itself, from its gradient and what is kept of those before.</summary>
public abstract record ElementwiseOptimizer : GradientOptimizer
{
    /// <summary>The names of the tensors that the rule keeps for each parameter, of the parameter's shape, zero at first.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>The names of the numbers that the rule keeps for each parameter beside the tensors.</summary>
    public virtual IReadOnlyList<string> MemoryNames => [];

    /// <summary>The value that a state tensor begins with.</summary>
    /// <param name="state">Which one, in the order of <see cref="StateNames"/>.</param>
    /// <param name="learningRate">The learning rate of the first step.</param>
    public virtual double Initial(int state, double learningRate) => 0;

    /// <summary>Takes one step of parameters together, with few calls of torch: on every device and type.</summary>
    /// <param name="parameters">
    /// The parameters, changed in place: of one device and one type, and contiguous, as are gradients and state.
    /// </param>
    /// <param name="gradients">Their gradients, of the parameters' shapes, left as they are.</param>
    /// <param name="state">
    /// The rule's tensors, changed in place: for each of <see cref="StateNames"/> those of all parameters.
    /// </param>
    /// <param name="step">Which step it is: the same for all parameters.</param>
    public abstract void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step);

    /// <summary>
    /// The same step as one pass over float32 memory, for parameters on the CPU: several times faster, since every
    /// value is read and written once. The arguments are those of <see cref="Update"/>.
    /// </summary>
    /// <param name="parameter">The parameter's values, or a stretch of them, changed in place.</param>
    /// <param name="gradient">Its gradient's values.</param>
    /// <param name="state">The rule's values, each of the parameter's length.</param>
    /// <param name="step">Which step it is.</param>
    public abstract void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state, RuleStep step);

    /// <summary>Brings the rule's own numbers up to date after a step was taken.</summary>
    /// <param name="step">The step; its <see cref="RuleStep.Memory"/> is changed in place.</param>
    public virtual void Remember(RuleStep step)
    {
    }

    /// <inheritdoc/>
    public sealed override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) => new ElementwiseStep(this, parameters);

    /// <summary>The rule for a parameter whose layer has a weight decay of its own.</summary>
    /// <exception cref="DlException"><c>OptimizerUse</c>: the rule has no weight decay.</exception>
    internal virtual ElementwiseOptimizer WithWeightDecay(double decay) =>
        throw Unusable("has no weight decay. Take the WeightDecay off the layers, or choose another optimizer.");
}

/// <summary>One step of a rule over a parameter, or over several together: what is the same for all numbers.</summary>
/// <param name="LearningRate">The learning rate of this step, which a schedule or a layer may have changed.</param>
/// <param name="Number">The number of this step of the parameter, from 1.</param>
/// <param name="Memory">
/// The rule's own numbers as of the step before, in the order of <see cref="ElementwiseOptimizer.MemoryNames"/>; 0 at first.
/// </param>
public readonly record struct RuleStep(double LearningRate, long Number, double[] Memory);

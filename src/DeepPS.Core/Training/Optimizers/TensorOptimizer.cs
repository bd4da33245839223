using DeepPS.Catalog;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A rule that updates each parameter as a whole, because its norm or its singular values matter.</summary>
public abstract record TensorOptimizer : GradientOptimizer
{
    /// <summary>The fraction by which each step shrinks the parameters, times the learning rate.</summary>
    [Setting(Minimum = 0)]
    public virtual double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    internal override int StateCopies => 2;

    /// <summary>The names of a parameter's state tensors, which have its shape and begin as zeros.</summary>
    public abstract IReadOnlyList<string> StateNames(Parameter parameter);

    /// <summary>Takes a step of one parameter.</summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="gradient">Its gradient, which is not changed.</param>
    /// <param name="state">Its state tensors, changed in place.</param>
    /// <param name="step">The step.</param>
    public abstract void Update(Parameter parameter, Tensor gradient, Tensor[] state, TensorRuleStep step);

    /// <inheritdoc/>
    public sealed override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) =>
        new TensorStep(this, parameters);

    /// <summary>The rule for a parameter whose layer sets its own learning rate.</summary>
    internal virtual TensorOptimizer WithLearningRate(double rate) => this with { LearningRate = rate };
}

/// <summary>The values of a step of a <see cref="TensorOptimizer"/>.</summary>
/// <param name="Factor">The factor on all learning rates, from the schedule.</param>
/// <param name="Number">The number of this step of the parameter, from 1.</param>
public readonly record struct TensorRuleStep(double Factor, long Number);

using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// How parameters follow their gradients: the settings of a rule. <see cref="OptimizerStep"/> holds its state for
/// a network's parameters and takes the steps.
/// </summary>
public abstract record Optimizer : CatalogItem
{
    /// <summary>How far one step goes.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The names of the tensors that the rule keeps for each parameter, of the parameter's shape, zero at first.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Takes one step of one parameter, with torch functions: right on every device and type.</summary>
    /// <param name="parameter">The parameter, changed in place.</param>
    /// <param name="gradient">Its gradient, left as it is.</param>
    /// <param name="state">The rule's tensors for the parameter, in the order of <see cref="StateNames"/>, changed in place.</param>
    /// <param name="learningRate">The learning rate of this step, which a schedule may have changed.</param>
    /// <param name="step">The number of this step, from 1.</param>
    public abstract void Update(Tensor parameter, Tensor gradient, Tensor[] state, double learningRate, long step);

    /// <summary>
    /// The same step as one pass over float32 memory, for parameters on the CPU: several times faster, since every
    /// value is read and written once. The arguments are those of <see cref="Update"/>.
    /// </summary>
    /// <param name="parameter">The parameter's values, changed in place.</param>
    /// <param name="gradient">Its gradient's values.</param>
    /// <param name="state">The rule's values, each of the parameter's length.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The number of this step, from 1.</param>
    public abstract void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state, double learningRate, long step);
}

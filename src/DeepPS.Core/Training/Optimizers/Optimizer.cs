using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>
/// The settings of a rule that minimises the loss. There are four kinds: a rule for each number of a parameter by its
/// gradient (<see cref="ElementwiseOptimizer"/>), one for each parameter as a whole (<see cref="TensorOptimizer"/>),
/// one over all parameters that evaluates loss and gradients several times in a step (<see cref="LBFGS"/>), and a
/// solver that takes no steps (<see cref="NormalEquation"/>).
/// </summary>
[CatalogBase(CatalogKind.Optimizer)]
public abstract record Optimizer : CatalogItem
{
    /// <summary>Checks, before a training begins, that the rule supports it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">The training options.</param>
    /// <exception cref="DlException"><c>OptimizerUse</c>.</exception>
    internal abstract void Check(Network network, Loss loss, TrainingOptions options);

    /// <summary>The error for a use that the rule does not support.</summary>
    private protected DlException Unusable(string problem) => new("OptimizerUse", DlErrorKind.InvalidArgument,
        $"Optimizer {Entry.Name} {problem}", this);
}

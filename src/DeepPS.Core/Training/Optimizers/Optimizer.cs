using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>
/// How parameters come to make the loss small: the settings of a rule. There are three shapes: a rule for each number of
/// a parameter by its gradient (<see cref="ElementwiseOptimizer"/>), one over all parameters that asks for loss and
/// gradients as often as it wants (<see cref="LBFGS"/>), and a solver that takes no steps (<see cref="NormalEquation"/>).
/// </summary>
[CatalogBase(CatalogKind.Optimizer)]
public abstract record Optimizer : CatalogItem
{
    /// <summary>Refuses, before a training begins, what the rule cannot do.</summary>
    /// <param name="network">The network to be trained.</param>
    /// <param name="loss">The loss to be made small.</param>
    /// <param name="options">How it is to be trained.</param>
    /// <exception cref="DlException"><c>OptimizerUse</c>.</exception>
    internal abstract void Check(Network network, Loss loss, TrainingOptions options);

    /// <summary>The error for a use that the rule is not for.</summary>
    private protected DlException Unusable(string problem) => new("OptimizerUse", DlErrorKind.InvalidArgument,
        $"Optimizer {Entry.Name} {problem}", this);
}

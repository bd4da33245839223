using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Limited-memory BFGS: steps along the gradient corrected by the curvature of the last steps. Each step evaluates the
/// batch several times; use it for small networks with all samples in one batch, best with the line search StrongWolfe.
/// </summary>
/// <remarks>
/// PyTorch's <c>optim.LBFGS</c>. From Liu and Nocedal (1989); the line search after Schmidt's minFunc.
/// </remarks>
[CatalogEntry("LBFGS")]
public sealed record LBFGS : GradientOptimizer
{
    /// <summary>Creates it with its default learning rate.</summary>
    public LBFGS() => LearningRate = 1;

    /// <summary>The largest number of iterations in a step.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Iterations { get; init; } = 20;

    /// <summary>The largest number of evaluations in a step; by default 1.25 times the iterations.</summary>
    [Setting(Minimum = 1)]
    public int? Evaluations { get; init; }

    /// <summary>The number of recent steps used to estimate the curvature.</summary>
    [Setting(Minimum = 1)]
    public int HistorySize { get; init; } = 100;

    /// <summary>The line search, which finds the length of each iteration's step.</summary>
    [Setting]
    public LineSearch LineSearch { get; init; }

    /// <summary>A step ends when no absolute value in the gradient is larger.</summary>
    [Setting(Minimum = 0)]
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A step ends when loss or parameters change by less.</summary>
    [Setting(Minimum = 0)]
    public double ChangeTolerance { get; init; } = 1e-9;

    /// <inheritdoc/>
    public override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) => new LbfgsStep(this, parameters);

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        if (options.Precision != TrainingPrecision.Float32)
            throw Unusable("needs small differences between gradients, which bfloat16 cannot represent. Use "
                + "-Precision Float32, or another optimizer.");
        if (network.Parameters.FirstOrDefault(p => p.LearningRate is not null || p.WeightDecay is not null) is { } own)
            throw Unusable("does not support a LearningRate or WeightDecay of a layer, which the layer of "
                + $"'{own.Name}' has. Remove it, or use another optimizer.");
    }
}

/// <summary>The line searches of <see cref="LBFGS"/>.</summary>
public enum LineSearch
{
    /// <summary>None: the length of a step is the learning rate.</summary>
    None,

    /// <summary>
    /// A length that meets the strong Wolfe conditions: the loss falls enough, and its slope flattens enough.
    /// </summary>
    StrongWolfe,
}

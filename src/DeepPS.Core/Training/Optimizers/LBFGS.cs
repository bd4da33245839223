using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Limited-memory BFGS: a step along the gradient as the curvature of the last steps bends it. It evaluates a batch
/// several times in a step; it is for whole-set batches of small networks, best with the line search StrongWolfe.
/// </summary>
/// <remarks>PyTorch's <c>optim.LBFGS</c>. From Liu and Nocedal (1989); the line search after Schmidt's minFunc.</remarks>
[CatalogEntry("LBFGS")]
public sealed record LBFGS : GradientOptimizer
{
    /// <summary>Makes it with its own learning rate.</summary>
    public LBFGS() => LearningRate = 1;

    /// <summary>How many iterations a step has at the most.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Iterations { get; init; } = 20;

    /// <summary>How often a step evaluates the batch before it ends; none: a quarter more often than it has iterations.</summary>
    [Setting(Minimum = 1)]
    public int? Evaluations { get; init; }

    /// <summary>How many of the last steps the curvature is taken from.</summary>
    [Setting(Minimum = 1)]
    public int HistorySize { get; init; } = 100;

    /// <summary>How the length of an iteration's step is found.</summary>
    [Setting]
    public LineSearch LineSearch { get; init; }

    /// <summary>A step ends where no number of the gradient is larger.</summary>
    [Setting(Minimum = 0)]
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A step ends where loss or parameters change by less.</summary>
    [Setting(Minimum = 0)]
    public double ChangeTolerance { get; init; } = 1e-9;

    /// <inheritdoc/>
    public override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) => new LbfgsStep(this, parameters);

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        if (options.Precision != TrainingPrecision.Float32)
            throw Unusable("takes curvature from small differences of gradients, which numbers of 8 bits do not show. Use -Precision Float32, "
                + "or choose another optimizer.");
        if (network.Parameters.FirstOrDefault(p => p.LearningRate is not null || p.WeightDecay is not null) is { } own)
            throw Unusable("moves all parameters as one: a layer can have no LearningRate or WeightDecay of its own, and "
                + $"that of '{own.Name}' has. Take them off, or choose another optimizer.");
    }
}

/// <summary>How <see cref="LBFGS"/> finds the length of a step.</summary>
public enum LineSearch
{
    /// <summary>The learning rate is the length.</summary>
    None,

    /// <summary>A length that meets the strong Wolfe conditions: the loss falls enough, and its slope flattens enough.</summary>
    StrongWolfe,
}

using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>A rule that goes step by step along gradients.</summary>
public abstract record GradientOptimizer : Optimizer
{
    /// <summary>How far one step goes.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Begins a run of steps over parameters.</summary>
    /// <param name="parameters">The parameters, on the device that they stay on.</param>
    public abstract OptimizerStep Begin(IReadOnlyList<Parameter> parameters);

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
    }
}

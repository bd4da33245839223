using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>An optimizer that takes steps along gradients.</summary>
public abstract record GradientOptimizer : Optimizer
{
    /// <summary>The learning rate: the length of a step.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The number of copies of each parameter that the state takes, to judge whether it fits into memory.
    /// </summary>
    internal virtual int StateCopies => 0;

    /// <summary>Begins a run of steps over parameters.</summary>
    /// <param name="parameters">The parameters, on their final device.</param>
    public abstract OptimizerStep Begin(IReadOnlyList<Parameter> parameters);

    /// <summary>The player of a training by labels.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="context">Precision and random numbers of the layers.</param>
    internal virtual Player Play(SupervisedObjective objective, ForwardContext context) =>
        new(objective.Network, objective, this);

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
    }
}

using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Parameters with an optimizer and an objective. A usual training has one player; in an adversarial training two
/// players take their steps in turn, each with its own network.
/// </summary>
/// <param name="network">The network that learns.</param>
/// <param name="objective">The objective to minimise; the player frees it.</param>
/// <param name="optimizer">The optimizer's rule.</param>
internal sealed class Player(Network network, Objective objective, GradientOptimizer optimizer) : IDisposable
{
    /// <summary>The network that learns.</summary>
    public Network Network { get; } = network;

    /// <summary>The objective to minimise.</summary>
    public Objective Objective { get; } = objective;

    /// <summary>The optimizer over its parameters.</summary>
    public OptimizerStep Optimizer { get; } = optimizer.Begin(network.Parameters);

    /// <summary>It takes its turn in every step of this number; 1: in each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The parameters that learn.</summary>
    public IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <summary>Saves the optimizer for a checkpoint.</summary>
    public void Save(StateBag state)
    {
        using var stream = new MemoryStream();
        Optimizer.Save(stream);
        state.Put("optimizer", stream.ToArray());
        state.Put("factor", Optimizer.Factor);
    }

    /// <summary>Restores the optimizer that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state)
    {
        using var stream = new MemoryStream(state.Bytes("optimizer"));
        Optimizer.Load(stream);
        Optimizer.Factor = state.Double("factor");
    }

    public void Dispose()
    {
        Optimizer.ZeroGradients();
        Optimizer.Dispose();
        Objective.Dispose();
    }
}

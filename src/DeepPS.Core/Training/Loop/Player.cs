using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Parameters with an optimizer and an objective. A usual training has one player; in an adversarial one two take their steps in turn,
/// each over its own network.
/// </summary>
/// <param name="network">The network that learns.</param>
/// <param name="objective">What it makes small; the player frees it.</param>
/// <param name="optimizer">The optimizer's rule.</param>
internal sealed class Player(Network network, Objective objective, GradientOptimizer optimizer) : IDisposable
{
    /// <summary>The network that learns.</summary>
    public Network Network { get; } = network;

    /// <summary>What it makes small.</summary>
    public Objective Objective { get; } = objective;

    /// <summary>The optimizer over its parameters.</summary>
    public OptimizerStep Optimizer { get; } = optimizer.Begin(network.Parameters);

    /// <summary>The parameters that learn.</summary>
    public IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <summary>Keeps the optimizer for a checkpoint.</summary>
    public void Save(StateBag state)
    {
        using var stream = new MemoryStream();
        Optimizer.Save(stream);
        state.Put("optimizer", stream.ToArray());
        state.Put("factor", Optimizer.Factor);
    }

    /// <summary>Continues from what <see cref="Save"/> kept.</summary>
    public void Load(StateBag state)
    {
        using var stream = new MemoryStream(state.Bytes("optimizer"));
        Optimizer.Load(stream);
        Optimizer.Factor = state.Doubles("factor")[0];
    }

    public void Dispose()
    {
        Optimizer.ZeroGradients();
        Optimizer.Dispose();
        Objective.Dispose();
    }
}

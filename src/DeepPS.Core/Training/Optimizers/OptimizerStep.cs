using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Takes an optimizer's steps over a network's parameters and holds its state between them.</summary>
public sealed class OptimizerStep : IDisposable
{
    /// <summary>How many numbers a thread takes at a time: some ten microseconds of work, and whole cache lines.</summary>
    private const int Stretch = 1 << 14;

    private readonly Optimizer optimizer;
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor[][] states;

    /// <summary>Begins with zero state.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="parameters">The parameters, on the device that they stay on.</param>
    public OptimizerStep(Optimizer optimizer, IReadOnlyList<Parameter> parameters)
    {
        this.optimizer = optimizer;
        this.parameters = parameters;
        LearningRate = optimizer.LearningRate;
        using var scope = NewDisposeScope();
        states = parameters
            .Select(p => optimizer.StateNames.Select(_ => zeros_like(p.Value.detach()).DetachFromDisposeScope()).ToArray())
            .ToArray();
    }

    /// <summary>How many steps were taken.</summary>
    public long Count { get; private set; }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Lets go of the gradients, so that the next backward pass makes new ones.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in parameters)
            parameter.Value.grad = null;
    }

    /// <summary>Takes one step with the gradients that the parameters hold; those that hold none stay.</summary>
    public void Step()
    {
        Count++;
        using var noGradient = no_grad();
        for (var i = 0; i < parameters.Count; i++)
        {
            var value = parameters[i].Value;
            using var gradient = value.grad;
            if (gradient is null)
                continue;
            if (CpuMemory.HasFloats(value) && CpuMemory.HasFloats(gradient))
                UpdateFused(value, gradient, states[i]);
            else
                optimizer.Update(value, gradient, states[i], LearningRate, Count);
        }
    }

    /// <summary>Several threads share a large parameter; each number is computed as it would be by one thread alone.</summary>
    private void UpdateFused(Tensor value, Tensor gradient, Tensor[] state)
    {
        var length = (int)value.numel();
        LoopTeam.Run((length + Stretch - 1) / Stretch, piece =>
        {
            var stretch = (piece * Stretch)..Math.Min(length, (piece + 1) * Stretch);
            optimizer.UpdateFused(CpuMemory.Floats(value)[stretch], CpuMemory.Floats(gradient)[stretch],
                new FusedState(state, stretch), LearningRate, Count);
        });
    }

    /// <summary>Frees the state.</summary>
    public void Dispose()
    {
        foreach (var tensor in states.SelectMany(state => state))
            tensor.Dispose();
    }
}

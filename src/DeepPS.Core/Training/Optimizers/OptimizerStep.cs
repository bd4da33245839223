using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes an optimizer's steps over a network's parameters, and keeps its state between them.</summary>
public abstract class OptimizerStep : IDisposable
{
    private readonly GradientOptimizer optimizer;

    private protected OptimizerStep(GradientOptimizer optimizer, IReadOnlyList<Parameter> parameters)
    {
        this.optimizer = optimizer;
        Parameters = parameters;
    }

    /// <summary>The number of steps taken.</summary>
    public long Count { get; private protected set; }

    /// <summary>The factor on all learning rates of the next step, from the schedule.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The learning rate of the next step, for parameters whose layer sets none.</summary>
    public double LearningRate => optimizer.LearningRate * Factor;

    private protected IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Frees the gradients, so that the next backward pass creates new ones.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in Parameters)
            parameter.Value.grad = null;
    }

    /// <summary>Takes one step. Parameters without a gradient are not changed.</summary>
    /// <param name="evaluate">
    /// Computes the loss of the batch and leaves the gradients in the parameters. A rule may call it more than once;
    /// null: the gradients are in the parameters already, which is enough for most rules.
    /// </param>
    public abstract void Step(Func<Tensor>? evaluate = null);

    /// <summary>Resets the state: the next step is like the first, except for its number.</summary>
    /// <param name="count">The step count to continue with.</param>
    public void Restart(long count)
    {
        Forget();
        Count = count;
    }

    /// <summary>Writes the state as safetensors; <see cref="Load"/> restores it exactly.</summary>
    public void Save(Stream stream)
    {
        using var scope = NewDisposeScope();
        OptimizerFile.Write(stream, optimizer, Count, State());
    }

    /// <summary>Restores the state that <see cref="Save"/> wrote, of the same rule over the same parameters.</summary>
    /// <exception cref="DlException">
    /// <c>OptimizerState</c>: it belongs to another optimizer or other parameters, or is damaged.
    /// </exception>
    public void Load(Stream stream)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var file = OptimizerFile.Read(stream, optimizer);
        Restore(file);
        Count = file.Count;
    }

    /// <summary>The state by name, as a part of another optimizer's.</summary>
    internal IEnumerable<(string Name, Tensor Value)> Part() => State();

    /// <summary>Restores the state that <see cref="Part"/> returned.</summary>
    internal void Restore(OptimizerFile file, long count)
    {
        Restore(file);
        Count = count;
    }

    /// <summary>Frees the state.</summary>
    public abstract void Dispose();

    /// <summary>Resets the state.</summary>
    private protected abstract void Forget();

    /// <summary>The state by name.</summary>
    private protected abstract IEnumerable<(string Name, Tensor Value)> State();

    /// <summary>Restores the state.</summary>
    private protected abstract void Restore(OptimizerFile file);
}

using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes an optimizer's steps over a network's parameters and holds its state between them.</summary>
public abstract class OptimizerStep : IDisposable
{
    private readonly GradientOptimizer optimizer;

    private protected OptimizerStep(GradientOptimizer optimizer, IReadOnlyList<Parameter> parameters)
    {
        this.optimizer = optimizer;
        Parameters = parameters;
    }

    /// <summary>How many steps were taken.</summary>
    public long Count { get; private protected set; }

    /// <summary>The factor on every learning rate of the next step: what a schedule says.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The learning rate of the next step, for parameters whose layer has none of its own.</summary>
    public double LearningRate => optimizer.LearningRate * Factor;

    private protected IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Lets go of the gradients, so that the next backward pass makes new ones.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in Parameters)
            parameter.Value.grad = null;
    }

    /// <summary>Takes one step. Parameters that hold no gradient stay.</summary>
    /// <param name="evaluate">
    /// Computes the loss of the batch and leaves the gradients in the parameters. A rule may call it more than once;
    /// null: the gradients are there, for rules that need no more.
    /// </param>
    public abstract void Step(Func<Tensor>? evaluate = null);

    /// <summary>Forgets the steps so far: the next one is as the first, but for its number.</summary>
    /// <param name="count">How many steps count as taken.</param>
    public void Restart(long count)
    {
        Forget();
        Count = count;
    }

    /// <summary>Writes the state as safetensors; <see cref="Load"/> goes on from it exactly.</summary>
    public void Save(Stream stream)
    {
        using var scope = NewDisposeScope();
        OptimizerFile.Write(stream, optimizer, Count, State());
    }

    /// <summary>Takes the state that <see cref="Save"/> wrote, of the same rule over the same parameters.</summary>
    /// <exception cref="DlException"><c>OptimizerState</c>: it is of another optimizer, of other parameters, or not whole.</exception>
    public void Load(Stream stream)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var file = OptimizerFile.Read(stream, optimizer);
        Restore(file);
        Count = file.Count;
    }

    /// <summary>Frees the state.</summary>
    public abstract void Dispose();

    /// <summary>Lets go of the state.</summary>
    private protected abstract void Forget();

    /// <summary>The state by name.</summary>
    private protected abstract IEnumerable<(string Name, Tensor Value)> State();

    /// <summary>Takes the state over.</summary>
    private protected abstract void Restore(OptimizerFile file);
}

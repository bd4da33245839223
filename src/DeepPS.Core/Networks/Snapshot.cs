using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>A copy of parameter values on the same device, to restore later.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] copies;

    public Snapshot(IEnumerable<Parameter> parameters)
    {
        this.parameters = parameters.ToArray();
        using var scope = NewDisposeScope();
        copies = this.parameters.Select(parameter => parameter.Value.detach().clone().DetachFromDisposeScope())
            .ToArray();
    }

    /// <summary>Copies the current values.</summary>
    public void Take()
    {
        using var noGradient = no_grad();
        foreach (var (parameter, copy) in parameters.Zip(copies))
            copy.copy_(parameter.Value);
    }

    /// <summary>Restores the copied values.</summary>
    public void Restore()
    {
        foreach (var (parameter, copy) in parameters.Zip(copies))
            parameter.Load(copy);
    }

    /// <summary>Saves the copied values under the parameters' names.</summary>
    public void Save(StateBag state)
    {
        foreach (var (parameter, copy) in parameters.Zip(copies))
            state.Put(parameter.Name, copy);
    }

    /// <summary>Loads the copied values saved by <see cref="Save"/>.</summary>
    public void Load(StateBag state)
    {
        using var noGradient = no_grad();
        foreach (var (parameter, copy) in parameters.Zip(copies))
            copy.copy_(state.Tensor(parameter.Name));
    }

    public void Dispose()
    {
        foreach (var copy in copies)
            copy.Dispose();
    }
}

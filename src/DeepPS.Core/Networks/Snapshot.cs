using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>A copy of parameters' values, on the same device, to go back to.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] copies;

    public Snapshot(IEnumerable<Parameter> parameters)
    {
        this.parameters = parameters.ToArray();
        using var scope = NewDisposeScope();
        copies = this.parameters.Select(parameter => parameter.Value.detach().clone().DetachFromDisposeScope()).ToArray();
    }

    /// <summary>Copies the present values over the old copy.</summary>
    public void Take()
    {
        using var noGradient = no_grad();
        foreach (var (parameter, copy) in parameters.Zip(copies))
            copy.copy_(parameter.Value);
    }

    /// <summary>Gives the parameters the copied values back.</summary>
    public void Restore()
    {
        foreach (var (parameter, copy) in parameters.Zip(copies))
            parameter.Load(copy);
    }

    public void Dispose()
    {
        foreach (var copy in copies)
            copy.Dispose();
    }
}

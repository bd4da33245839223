using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>
/// Returns a model to its state before a training that was refused or ended before its first step: a model is trained
/// only if a step was taken.
/// </summary>
internal sealed class UnchangedModel : IDisposable
{
    private readonly Snapshot? values;
    private Action? undo;

    /// <param name="model">The model.</param>
    /// <param name="withValues">Whether the values of the parameters may change before the first step.</param>
    public UnchangedModel(Model model, bool withValues)
    {
        undo = model.Undo();
        values = withValues && model.Network is { } network ? new Snapshot(network.State) : null;
    }

    /// <summary>Lets the model keep its changes.</summary>
    public void Accept() => undo = null;

    public void Dispose()
    {
        if (undo is not null)
            values?.Restore();
        undo?.Invoke();
        values?.Dispose();
    }
}

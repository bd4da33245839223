using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>
/// Takes a model for a training, and returns it to its state before if the training was refused or ended before its
/// first step: a model is trained only if a step was taken.
/// </summary>
internal sealed class HeldModel : IDisposable
{
    private readonly IDisposable? lease;
    private readonly Snapshot? values;
    private Action? undo;

    /// <param name="model">The model.</param>
    /// <param name="withValues">Whether the values of the parameters may change before the first step.</param>
    /// <param name="isTaken">Whether the caller has taken the model already.</param>
    /// <exception cref="Common.DlException"><c>ModelInTraining</c>: another training has the model.</exception>
    public HeldModel(Model model, bool withValues, bool isTaken = false)
    {
        lease = isTaken ? null : model.BeginTraining();
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
        lease?.Dispose();
    }
}

using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Training;

namespace DeepPS.Search;

/// <summary>A short training after which the model is restored.</summary>
internal static class TrainingTrial
{
    /// <summary>Trains, then restores the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The training options.</param>
    /// <param name="data">The training samples, the validation samples, and the data plan.</param>
    /// <param name="callback">Watches the training and stops it.</param>
    /// <param name="log">Called with each decision.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="teachers">The teachers; null: none.</param>
    /// <exception cref="DlException">The same as those of <see cref="Trainer.Run"/>.</exception>
    public static void Run(Model model, TrainingOptions options,
        (Dataset Train, Dataset? Validation, DataPlan? Plan) data, TrainingCallback callback, Action<string>? log,
        CancellationToken cancel, IReadOnlyList<Model>? teachers = null)
    {
        using var lease = model.BeginTraining();
        var undo = model.Undo();
        Snapshot? before = null;
        try
        {
            var snapshot = new ActionCallback
            {
                OnBegin = session => before = new Snapshot(session.Model.Network!.State),
            };
            var trainer = new Trainer(model, options)
            {
                HasModel = true, Log = log, Callbacks = [snapshot, callback], Teachers = teachers ?? [],
            };
            foreach (var _ in trainer.Run(data.Train, data.Validation, data.Plan, cancel))
            {
            }

            cancel.ThrowIfCancellationRequested();
        }
        finally
        {
            before?.Restore();
            before?.Dispose();
            undo();
        }
    }
}

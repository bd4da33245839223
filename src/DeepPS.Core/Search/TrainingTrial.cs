using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Training;

namespace DeepPS.Search;

/// <summary>Some steps of a training, after which the model is as it was.</summary>
internal static class TrainingTrial
{
    /// <summary>Trains, and takes back what was learned.</summary>
    /// <param name="model">The model; only its input shape stays known.</param>
    /// <param name="options">How to train.</param>
    /// <param name="data">The samples to learn from, those to look at, and their plan.</param>
    /// <param name="callback">Looks on, and says when it is enough.</param>
    /// <param name="log">Told what was decided.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="DlException">As <see cref="Trainer.Run"/>.</exception>
    public static void Run(Model model, TrainingOptions options, (Dataset Train, Dataset? Validation, DataPlan? Plan) data, TrainingCallback callback,
        Action<string>? log, CancellationToken cancel)
    {
        using var lease = model.BeginTraining();
        var (plan, loss, epochs) = (model.Plan, model.Loss, model.History.Count);
        Snapshot? before = null;
        try
        {
            var snapshot = new ActionCallback { OnBegin = session => before = new Snapshot(session.Model.Network!.State) };
            var trainer = new Trainer(model, options) { HasModel = true, Log = log, Callbacks = [snapshot, callback] };
            foreach (var _ in trainer.Run(data.Train, data.Validation, data.Plan, cancel))
            {
            }

            cancel.ThrowIfCancellationRequested();
        }
        finally
        {
            before?.Restore();
            before?.Dispose();
            model.Revert(plan, loss, epochs);
        }
    }
}

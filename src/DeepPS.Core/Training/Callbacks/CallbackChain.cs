using System.Runtime.ExceptionServices;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>The callbacks of a training, called in order.</summary>
/// <param name="callbacks">The callbacks.</param>
internal sealed class CallbackChain(IReadOnlyList<TrainingCallback> callbacks)
{
    private readonly Stack<TrainingCallback> begun = new();

    /// <summary>Begins all of them.</summary>
    public void Begin(TrainingSession session)
    {
        foreach (var callback in callbacks)
        {
            callback.Begin(session);
            begun.Push(callback);
        }
    }

    /// <summary>Calls all of them after an epoch.</summary>
    public void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        foreach (var callback in callbacks)
            callback.AfterEpoch(session, record);
    }

    /// <summary>
    /// Ends the callbacks that have begun, the last one first: the checkpoint writer saves the model before other
    /// callbacks change it. If one fails, the training has failed: the others are told so, except for the one that
    /// gives the model its best parameters.
    /// </summary>
    /// <param name="session">The training.</param>
    /// <param name="reached">How the training itself ended.</param>
    /// <returns>How it ended with its callbacks, and the first failure of one.</returns>
    public (TrainingEnd End, ExceptionDispatchInfo? Failure) End(TrainingSession session, TrainingEnd reached)
    {
        var (end, failure) = (reached, (ExceptionDispatchInfo?)null);
        foreach (var callback in begun)
        {
            try
            {
                callback.End(session, callback is EarlyStop ? reached : end);
            }
            catch (Exception e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
                session.Fail(e);
                end = TrainingEnd.Failed;
            }
        }

        return (end, failure);
    }
}

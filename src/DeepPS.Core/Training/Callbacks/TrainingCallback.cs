using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>
/// Is called when training begins, after each step and each epoch, and when training ends. All methods are called on
/// the training thread.
/// </summary>
public abstract class TrainingCallback
{
    /// <summary>Before the first step.</summary>
    /// <param name="session">The training.</param>
    public virtual void Begin(TrainingSession session)
    {
    }

    /// <summary>After each step. <see cref="TrainingSession.Stop"/> ends the training.</summary>
    /// <param name="session">The training.</param>
    public virtual void AfterStep(TrainingSession session)
    {
    }

    /// <summary>
    /// After each epoch, whose record is in the model's history already. <see cref="TrainingSession.Stop"/> ends the
    /// training.
    /// </summary>
    /// <param name="session">The training.</param>
    /// <param name="record">The results of the epoch.</param>
    public virtual void AfterEpoch(TrainingSession session, EpochRecord record)
    {
    }

    /// <summary>After the last step, however the training ended.</summary>
    /// <param name="session">The training.</param>
    /// <param name="end">Why it ended.</param>
    public virtual void End(TrainingSession session, TrainingEnd end)
    {
    }
}

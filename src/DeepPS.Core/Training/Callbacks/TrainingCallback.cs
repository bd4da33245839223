using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>
/// What takes part in a training beside the steps themselves: it is told when training begins, when a step and an epoch are
/// done, and when training ends. All methods are called on the training thread.
/// </summary>
public abstract class TrainingCallback
{
    /// <summary>Before the first step.</summary>
    /// <param name="session">The training.</param>
    public virtual void Begin(TrainingSession session)
    {
    }

    /// <summary>After each step. <see cref="TrainingSession.Stop"/> makes it the last.</summary>
    /// <param name="session">The training.</param>
    public virtual void AfterStep(TrainingSession session)
    {
    }

    /// <summary>After each epoch, whose record is in the model's history. <see cref="TrainingSession.Stop"/> makes it the last.</summary>
    /// <param name="session">The training.</param>
    /// <param name="record">What the epoch came to.</param>
    public virtual void AfterEpoch(TrainingSession session, EpochRecord record)
    {
    }

    /// <summary>After the last step, however it came to be the last.</summary>
    /// <param name="session">The training.</param>
    /// <param name="end">Why it ended.</param>
    public virtual void End(TrainingSession session, TrainingEnd end)
    {
    }
}

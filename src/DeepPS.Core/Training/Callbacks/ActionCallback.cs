using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>A callback made of functions. A function that returns false stops the training.</summary>
public class ActionCallback : TrainingCallback
{
    /// <summary>Called before the first step.</summary>
    public Action<TrainingSession>? OnBegin { get; init; }

    /// <summary>Called after each step; false stops.</summary>
    public Func<TrainingSession, bool>? OnStep { get; init; }

    /// <summary>Called after each epoch; false stops.</summary>
    public Func<TrainingSession, EpochRecord, bool>? OnEpoch { get; init; }

    /// <summary>Called after the last step.</summary>
    public Action<TrainingSession, TrainingEnd>? OnEnd { get; init; }

    /// <inheritdoc/>
    public override void Begin(TrainingSession session) => OnBegin?.Invoke(session);

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (OnStep?.Invoke(session) == false)
            session.Stop(TrainingEnd.StoppedEarly, "a callback stopped it after a batch");
    }

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        if (OnEpoch?.Invoke(session, record) == false)
            session.Stop(TrainingEnd.StoppedEarly, "a callback stopped it after an epoch");
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => OnEnd?.Invoke(session, end);
}

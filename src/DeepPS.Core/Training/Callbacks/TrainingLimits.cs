using System.Diagnostics;

namespace DeepPS.Training;

/// <summary>Ends a training after a time, after so many samples, or when a file appears. It can go on later.</summary>
public sealed class TrainingLimits : TrainingCallback
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private long started;
    private long looked;

    /// <summary>The longest time from the first step on; null: any.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The most samples, over all resumed parts; null: any.</summary>
    public long? Samples { get; init; }

    /// <summary>A file that stops the training when it is there; null: none.</summary>
    public string? StopFile { get; init; }

    /// <inheritdoc/>
    public override void Begin(TrainingSession session) => started = looked = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (Time is { } time && Stopwatch.GetElapsedTime(started) >= time)
            session.Stop(TrainingEnd.Preempted, $"its time of {time:c} is over");
        if (Samples is { } samples && session.TotalSteps * session.SamplesPerStep >= samples)
            session.Stop(TrainingEnd.StoppedEarly, $"{samples:N0} samples are learned from");
        if (StopFile is not null && Stopwatch.GetElapsedTime(looked) > BetweenLooks)
        {
            looked = Stopwatch.GetTimestamp();
            if (File.Exists(StopFile))
                session.Stop(TrainingEnd.Preempted, $"the file '{StopFile}' is there");
        }
    }
}

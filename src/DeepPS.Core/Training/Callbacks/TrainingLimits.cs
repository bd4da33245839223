using System.Diagnostics;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Ends a training after a time, after a number of samples, or when a file appears. It can be resumed.
/// </summary>
public sealed class TrainingLimits : TrainingCallback
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private long started;
    private long looked;

    /// <summary>The longest time, from the first step; null: no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The largest number of samples, over all resumed parts; null: no limit.</summary>
    public long? Samples { get; init; }

    /// <summary>A file that stops the training when it exists; null: none.</summary>
    public string? StopFile { get; init; }

    /// <inheritdoc/>
    /// <exception cref="DlException">
    /// <c>InvalidTimeLimit</c>; <c>StopFileExists</c>: the training would end at once, and again at each resume.
    /// </exception>
    public override void Begin(TrainingSession session)
    {
        if (Time is { } time && time <= TimeSpan.Zero)
            throw new DlException("InvalidTimeLimit", DlErrorKind.InvalidArgument,
                $"The time limit must be above zero; got {time:c}.", time);
        if (StopFile is not null && Path.Exists(StopFile))
            throw new DlException("StopFileExists", DlErrorKind.InvalidOperation,
                $"The stop file '{StopFile}' exists already: the training would end at once. Delete it, or name "
                + "another file.", StopFile);
        started = looked = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (Time is { } time && Stopwatch.GetElapsedTime(started) >= time)
            session.Stop(TrainingEnd.Preempted, $"the time limit of {time:c} was reached");
        if (Samples is { } samples && session.TotalSteps * session.SamplesPerStep >= samples)
            session.Stop(TrainingEnd.StoppedEarly, $"the limit of {samples:N0} samples was reached");
        if (StopFile is not null && Stopwatch.GetElapsedTime(looked) > BetweenLooks)
        {
            looked = Stopwatch.GetTimestamp();
            if (File.Exists(StopFile))
                session.Stop(TrainingEnd.Preempted, $"the file '{StopFile}' exists");
        }
    }
}

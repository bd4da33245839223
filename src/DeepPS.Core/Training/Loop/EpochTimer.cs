using System.Diagnostics;

namespace DeepPS.Training;

/// <summary>Measures the seconds of an epoch, also one that was interrupted and resumed.</summary>
internal sealed class EpochTimer
{
    private double before;
    private long started;

    /// <summary>The seconds so far.</summary>
    public double Seconds => started == 0 ? before : before + Stopwatch.GetElapsedTime(started).TotalSeconds;

    /// <summary>Starts to measure; earlier seconds stay counted.</summary>
    public void Start() => started = Stopwatch.GetTimestamp();

    /// <summary>Stops, and sets the seconds that are already counted.</summary>
    public void Reset(double seconds = 0) => (before, started) = (seconds, 0);
}

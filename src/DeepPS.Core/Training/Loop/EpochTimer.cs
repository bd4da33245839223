using System.Diagnostics;

namespace DeepPS.Training;

/// <summary>Measures the seconds of an epoch, over interruptions too.</summary>
internal sealed class EpochTimer
{
    private double before;
    private long started;

    /// <summary>The seconds so far.</summary>
    public double Seconds => started == 0 ? before : before + Stopwatch.GetElapsedTime(started).TotalSeconds;

    /// <summary>Begins to measure, after the seconds of before.</summary>
    public void Start() => started = Stopwatch.GetTimestamp();

    /// <summary>Stops, with seconds that count already.</summary>
    public void Reset(double seconds = 0) => (before, started) = (seconds, 0);
}

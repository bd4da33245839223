using System.Diagnostics;

namespace DeepPS.Training;

/// <summary>
/// The progress of a training. The training thread updates it after every step at the cost of a few plain stores; any
/// other thread may read it at any time.
/// </summary>
public sealed class TrainingProgress
{
    private long started;
    private long step;
    private long before;
    private long total;
    private int stepsPerEpoch;

    /// <summary>The current epoch, from 1; 0 before the first.</summary>
    public int Epoch =>
        Step == 0 && stepsPerEpoch == 0 ? 0 : Math.Min(Epochs, (int)(Step / Math.Max(1, stepsPerEpoch)) + 1);

    /// <summary>The largest number of epochs.</summary>
    public int Epochs => (int)(Volatile.Read(ref total) / Math.Max(1, stepsPerEpoch));

    /// <summary>The number of finished steps, over all epochs.</summary>
    public long Step => Volatile.Read(ref step);

    /// <summary>The number of steps in an epoch.</summary>
    public int StepsPerEpoch => Volatile.Read(ref stepsPerEpoch);

    /// <summary>The finished fraction, from 0 to 1.</summary>
    public double Fraction => Volatile.Read(ref total) is var all and > 0 ? (double)Step / all : 0;

    /// <summary>The remaining seconds at the speed so far; null before the first step.</summary>
    public double? SecondsLeft => Step is var done && done > before
        ? Stopwatch.GetElapsedTime(started).TotalSeconds * (Volatile.Read(ref total) - done) / (done - before)
        : null;

    internal void Begin(int epochs, int steps)
    {
        stepsPerEpoch = steps;
        started = Stopwatch.GetTimestamp();
        Volatile.Write(ref step, 0);
        Volatile.Write(ref total, (long)epochs * steps);
    }

    /// <summary>Continues after earlier steps.</summary>
    internal void ContinueAfter(long steps) => Volatile.Write(ref step, before = steps);

    internal void Advance() => Volatile.Write(ref step, step + 1);
}

using System.Diagnostics;
using System.Globalization;

namespace DeepPS.Torch;

/// <summary>The number of processor cores that other processes use, on Linux.</summary>
internal sealed class ProcessorLoad
{
    /// <summary>Ticks of /proc/stat in a second: USER_HZ, which is 100 on every architecture that .NET runs
    /// on.</summary>
    private const double TicksPerSecond = 100;

    private readonly Func<string?> read;
    private readonly Func<TimeSpan> own;
    private (double All, double Idle, TimeSpan Own, long Time)? last;

    /// <summary>Measures this machine.</summary>
    public ProcessorLoad() : this(ReadLine, () => Environment.CpuUsage.TotalTime)
    {
    }

    /// <param name="read">Gives the first line of /proc/stat; null if there is none.</param>
    /// <param name="own">Gives the processor time of this process.</param>
    internal ProcessorLoad(Func<string?> read, Func<TimeSpan> own) => (this.read, this.own) = (read, own);

    /// <summary>The cores that other processes left free since the last call, including those used by this process;
    /// null if unknown, as at the first call.</summary>
    public double? FreeCores()
    {
        if (Parse(read()) is not var (all, idle))
            return null;
        var now = (All: all, Idle: idle, Own: own(), Time: Stopwatch.GetTimestamp());
        var before = last;
        last = now;
        var ticks = now.All - before?.All;
        if (ticks is not > 0)
            return null;
        // The sum of all ticks is the elapsed time times the cores.
        var seconds = ticks.Value / TicksPerSecond;
        var free = (now.Idle - before!.Value.Idle) / TicksPerSecond + (now.Own - before.Value.Own).TotalSeconds;
        return Math.Clamp(free, 0, seconds) / Stopwatch.GetElapsedTime(before.Value.Time, now.Time).TotalSeconds;
    }

    /// <summary>The ticks of a line <c>cpu user nice system idle iowait irq softirq steal ...</c>: the total and the
    /// idle ticks.</summary>
    internal static (double All, double Idle)? Parse(string? line)
    {
        var fields = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", _, _, _, _, _, _, _, _, ..])
            return null;
        // Guest time, in the later fields, is included in user time.
        var ticks = fields[1..9]
            .Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)
            .ToArray();
        return ticks.Any(double.IsNaN) ? null : (ticks.Sum(), ticks[3] + ticks[4]);
    }

    private static string? ReadLine()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadLines("/proc/stat").FirstOrDefault() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

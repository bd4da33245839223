using System.ComponentModel;
using System.Diagnostics;

namespace DeepPS.Common;

/// <summary>Whether a process of this machine still runs, by its id and the time of something that it did.</summary>
internal static class RunningProcess
{
    /// <summary>
    /// Whether a process with an id runs that was there at a time. One that began later is another one with the same
    /// id.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <param name="at">The time, UTC.</param>
    public static bool WasThere(int id, DateTime at) => WasThere(id, at, StartOf);

    /// <summary>The same, with a function that gives a process's start, UTC.</summary>
    internal static bool WasThere(int id, DateTime at, Func<int, DateTime> startOf)
    {
        try
        {
            return startOf(id) <= at;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // There is no such process, or it ends just now.
            return false;
        }
        catch (Win32Exception)
        {
            // Windows tells nothing about the process of another account, but it runs.
            return true;
        }
    }

    private static DateTime StartOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.HasExited ? throw new InvalidOperationException("The process has ended.")
            : process.StartTime.ToUniversalTime();
    }
}

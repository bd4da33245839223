using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>The result of the last training in a session, for the exit code of a script.</summary>
public static class RunOutcome
{
    /// <summary>The exit code of a run that can be started again: EX_TEMPFAIL of sysexits.h.</summary>
    internal const int Preempted = 75;

    private static readonly ConditionalWeakTable<Runspace, StrongBox<TrainingEnd>> Ends = [];

    /// <summary>
    /// Makes an action that stores the result of a training of the current session. The action may run on any thread.
    /// </summary>
    internal static Action<TrainingEnd> Setter()
    {
        var box = Ends.GetOrCreateValue(Runspace.DefaultRunspace);
        return end => box.Value = end;
    }

    /// <summary>The exit code: 0 finished, 1 failed, 75 stopped early and resumable.</summary>
    public static int ExitCode() => !Ends.TryGetValue(Runspace.DefaultRunspace, out var end) ? 0 : end.Value switch
    {
        TrainingEnd.Finished or TrainingEnd.StoppedEarly => 0,
        TrainingEnd.Preempted or TrainingEnd.Cancelled => Preempted,
        _ => 1,
    };
}

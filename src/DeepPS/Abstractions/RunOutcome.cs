using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>How the last training of a session ended, for the exit code of a script.</summary>
public static class RunOutcome
{
    /// <summary>The code of a run that a scheduler may start again: EX_TEMPFAIL of sysexits.h.</summary>
    internal const int Preempted = 75;

    private static readonly ConditionalWeakTable<Runspace, StrongBox<TrainingEnd>> Ends = [];

    /// <summary>Keeps how a training of the session at hand ended. It may be said on any thread.</summary>
    internal static Action<TrainingEnd> Setter()
    {
        var box = Ends.GetOrCreateValue(Runspace.DefaultRunspace);
        return end => box.Value = end;
    }

    /// <summary>The exit code: 0 done, 1 failed, 75 ended before its time and can go on.</summary>
    public static int ExitCode() => !Ends.TryGetValue(Runspace.DefaultRunspace, out var end) ? 0 : end.Value switch
    {
        TrainingEnd.Finished or TrainingEnd.StoppedEarly => 0,
        TrainingEnd.Preempted or TrainingEnd.Cancelled => Preempted,
        _ => 1,
    };
}

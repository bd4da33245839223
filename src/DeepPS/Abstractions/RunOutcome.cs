using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// The result of a training command, for the exit code of a script. A training counts as failed until it has ended.
/// </summary>
public sealed class RunOutcome
{
    /// <summary>The exit code of a run that can be started again: EX_TEMPFAIL of sysexits.h.</summary>
    internal const int Preempted = 75;

    private const int Failed = 1;

    /// <summary>The exit codes from good to bad.</summary>
    private static readonly int[] Codes = [0, Preempted, Failed];

    private static readonly HashSet<string> TrainingCommands =
        new(["Invoke-DlTraining", "Resume-DlTraining"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The last training command of each runspace.</summary>
    private static readonly ConcurrentDictionary<Guid, RunOutcome> Last = [];

    private readonly ConcurrentQueue<int> ended = [];
    private int asked;
    private WeakReference<object>? lastError;

    private int Code => ended.Count < Volatile.Read(ref asked) || ended.IsEmpty ? Failed : ended.MaxBy(Severity);

    private static Guid Here => Runspace.DefaultRunspace.InstanceId;

    /// <summary>The errors of a session, the last one first.</summary>
    internal static IEnumerable? Errors(SessionState session) =>
        session.PSVariable.GetValue("global:Error") as IEnumerable;

    /// <summary>A training command of the current session begins.</summary>
    /// <param name="errors">The session's errors, the last one first.</param>
    internal static RunOutcome Begin(IEnumerable? errors)
    {
        var outcome = new RunOutcome();
        outcome.Seen(errors);
        return Last[Here] = outcome;
    }

    /// <summary>The command was asked for a training.</summary>
    internal void Ask() => Interlocked.Increment(ref asked);

    /// <summary>A training of the command has ended. It may be called on any thread.</summary>
    internal void Add(TrainingEnd end) => ended.Enqueue(end switch
    {
        TrainingEnd.Finished or TrainingEnd.StoppedEarly => 0,
        TrainingEnd.Preempted or TrainingEnd.Cancelled => Preempted,
        _ => Failed,
    });

    /// <summary>The command has ended: later errors are not its own.</summary>
    /// <param name="errors">The session's errors, the last one first.</param>
    internal void Seen(IEnumerable? errors) =>
        lastError = errors?.Cast<object>().FirstOrDefault() is { } error ? new(error) : null;

    /// <summary>A job that trains for the command ends: its last training is the command's.</summary>
    public void TakeOver() => ended.Enqueue(Last.TryGetValue(Here, out var job) ? job.Code : Failed);

    /// <summary>
    /// The exit code of the last training command: 0 finished, 1 failed, not ended yet, or none, 75 stopped early and
    /// resumable. For a session without one it is the worst of other runspaces of the process, such as those of
    /// ForEach-Object -Parallel.
    /// </summary>
    /// <param name="errors">
    /// The session's errors, the last one first: a command whose parameters are refused leaves only an error.
    /// </param>
    public static int ExitCode(IEnumerable? errors = null)
    {
        var last = Last.GetValueOrDefault(Here);
        object? seen = null;
        last?.lastError?.TryGetTarget(out seen);
        if ((errors?.Cast<object>() ?? []).TakeWhile(error => error != seen).Any(IsOfTraining))
            return Failed;
        return last?.Code ?? Last.Values.Select(outcome => outcome.Code).DefaultIfEmpty(Failed).MaxBy(Severity);
    }

    private static int Severity(int code) => Array.IndexOf(Codes, code);

    /// <summary>Whether an error is one of a training command, or of an expression in its statement.</summary>
    private static bool IsOfTraining(object error) => PipelineValue.Unwrap(error) switch
    {
        ErrorRecord { InvocationInfo: { } place } => TrainingCommands.Contains(place.MyCommand?.Name ?? "")
            || IsInTraining(place),
        IContainsErrorRecord { ErrorRecord.InvocationInfo: { } place } => IsInTraining(place),
        _ => false,
    };

    private static bool IsInTraining(InvocationInfo place) =>
        Parser.ParseInput(place.Line ?? "", out _, out _)
            .FindAll(ast => ast is CommandAst command && TrainingCommands.Contains(command.GetCommandName() ?? ""),
                searchNestedScriptBlocks: true)
            .Any(command => command.Parent.Extent.StartOffset < place.OffsetInLine
                && place.OffsetInLine <= command.Parent.Extent.EndOffset);
}

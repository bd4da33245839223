using System.Management.Automation;

namespace DeepPS;

/// <summary>Script blocks as a callback of a training. They run on the pipeline's thread, and training waits for them.</summary>
internal static class ScriptCallback
{
    /// <summary>A callback of the script blocks that are given.</summary>
    public static ActionCallback Of(ScriptBlock? begin, ScriptBlock? batch, ScriptBlock? epoch, ScriptBlock? end) => new()
    {
        OnBegin = begin is null ? null : session => Call(begin, session),
        OnStep = batch is null ? null : session => Call(batch, session),
        OnEpoch = epoch is null ? null : (_, record) => Call(epoch, FlatRecord.Of(record)),
        OnEnd = end is null ? null : (session, how) => Call(end, session, how),
    };

    /// <summary>Whether the last thing that a script block gives is anything but false.</summary>
    private static bool Call(ScriptBlock script, params object[] arguments) => PipelineThread.Run(() =>
        script.Invoke(arguments) is not { Count: > 0 } results || PipelineValue.Unwrap(results[^1]) is not false);
}

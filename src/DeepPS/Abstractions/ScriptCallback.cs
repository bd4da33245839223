using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>A training callback of script blocks. They run on the pipeline's thread while training waits.</summary>
internal sealed class ScriptCallback : ActionCallback
{
    /// <summary>Makes a callback; a script block that is null is skipped.</summary>
    public ScriptCallback(ScriptBlock? begin, ScriptBlock? batch, ScriptBlock? epoch, ScriptBlock? end)
    {
        OnBegin = Of(begin) is { } atBegin ? session => Call(atBegin, session) : null;
        OnStep = Of(batch) is { } afterBatch ? session => Call(afterBatch, session) : null;
        OnEpoch = Of(epoch) is { } afterEpoch ? (_, record) => Call(afterEpoch, FlatRecord.Of(record)) : null;
        OnEnd = Of(end) is { } atEnd ? (session, how) => Call(atEnd, session, how) : null;
        Scripts = new[] { begin, batch, epoch, end }.OfType<ScriptBlock>().ToArray();
    }

    /// <summary>The script blocks.</summary>
    public IReadOnlyList<ScriptBlock> Scripts { get; }

    private static SessionScript? Of(ScriptBlock? script) => script is null ? null : new SessionScript(script);

    /// <summary>Runs a script block; false if its last output is $false.</summary>
    private static bool Call(SessionScript script, params object[] arguments) => PipelineThread.Run(() =>
    {
        try
        {
            return script.Here.Invoke(arguments) is not { Count: > 0 } results
                || PipelineValue.Unwrap(results[^1]) is not false;
        }
        catch (FlowControlException e)
        {
            throw new DlException("ScriptEnded", DlErrorKind.InvalidOperation,
                "A script block of the training ended it with exit, break or continue.", script.Here, e);
        }
    });
}

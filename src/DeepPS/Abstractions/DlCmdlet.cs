using System.Management.Automation;
using System.Runtime.ExceptionServices;
using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>
/// Base of all cmdlets. A cmdlet overrides <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/> and throws
/// exceptions, which become error records here. In <see cref="Process"/> an error concerns one pipeline input and the
/// next one is processed; elsewhere it ends the cmdlet. PowerShell's own exceptions pass: those of a stopped pipeline,
/// and of <c>exit</c> and <c>break</c> in a script block.
/// </summary>
public abstract class DlCmdlet : PSCmdlet
{
    /// <summary>Runs before the first pipeline input.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Runs for each pipeline input, or once without one.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Runs after the last pipeline input.</summary>
    protected virtual void End()
    {
    }

    /// <summary>The current pipeline input: the target of errors that name none.</summary>
    protected virtual object? Input => null;

    /// <summary>Whether the user gave a parameter, by its name.</summary>
    protected bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin, ThrowTerminatingError);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, WriteError);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End, ThrowTerminatingError);

    private void Guard(Action stage, Action<ErrorRecord> report)
    {
        try
        {
            stage();
        }
        catch (OperationCanceledException) when (Stopping)
        {
        }
        catch (DlException e) when (e.InnerException is FlowControlException flow)
        {
            ExceptionDispatchInfo.Throw(flow);
        }
        catch (Exception e) when (e is not (PipelineStoppedException or ActionPreferenceStopException
            or FlowControlException))
        {
            report(ErrorRecords.Of(e, Input));
        }
    }
}

using System.Management.Automation;

namespace DeepPS.Abstractions;

/// <summary>
/// What all cmdlets share. A cmdlet overrides <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/> and throws
/// what goes wrong: here it becomes an error record. In <see cref="Process"/> that is an error of one pipeline input, and
/// the next one is tried; elsewhere the cmdlet ends.
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

    /// <summary>The pipeline input at hand, which an error is about where it does not say so itself.</summary>
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
        catch (Exception e) when (e is not (PipelineStoppedException or ActionPreferenceStopException))
        {
            report(ErrorRecords.Of(e, Input));
        }
    }
}

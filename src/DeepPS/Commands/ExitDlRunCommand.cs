using System.Management.Automation;
using DeepPS.Abstractions;

namespace DeepPS.Commands;

/// <summary>End a script with the exit code of its last training.</summary>
/// <remarks>
/// <para>Exit codes: 0 if the training is finished or was stopped early by -Patience or a callback; 75 if a signal,
/// -MaxTime, a stop file or Ctrl+C stopped it, and it can be resumed from its checkpoints (a temporary failure in
/// sysexits.h); 1 if it failed, never began, or has not ended. The last training command counts, with all its models
/// and its jobs, and also if its parameters were refused. A session that trained only in other runspaces, such as
/// those of ForEach-Object -Parallel, ends with the worst of their codes.</para>
/// </remarks>
/// <example>
/// <code>$null = $model | Invoke-DlTraining -Data $split -Epochs 100 -CheckpointPath ./night -Resume
/// Exit-DlRun -Unfinished
/// $model | Measure-DlModel -Data $split</code>
/// <para>Trains, and measures the model only when the training is finished.</para>
/// </example>
[Cmdlet(VerbsCommon.Exit, "DlRun")]
[OutputType(typeof(void))]
public sealed class ExitDlRunCommand : DlCmdlet
{
    /// <summary>Ends the script only if the training is not finished, with 1 or 75.</summary>
    [Parameter]
    public SwitchParameter Unfinished { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var code = RunOutcome.ExitCode(RunOutcome.Errors(SessionState));
        // Only a script can end its caller: the statement throws what PowerShell throws for it.
        if (code != 0 || !Unfinished)
            InvokeCommand.InvokeScript(false, ScriptBlock.Create($"exit {code}"), null);
    }
}

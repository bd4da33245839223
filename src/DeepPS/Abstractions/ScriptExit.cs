using System.Management.Automation;

namespace DeepPS.Abstractions;

/// <summary>
/// Sets the exit code of a resumable run when Ctrl+C or SIGINT ends a script during a training: PowerShell stops the
/// script before Exit-DlRun could set it. An interactive prompt stays open.
/// </summary>
internal sealed class ScriptExit(PSCmdlet cmdlet) : IDisposable
{
    public void Dispose()
    {
        if (cmdlet.Stopping && RunsScriptAlone())
            cmdlet.Host.SetShouldExit(RunOutcome.Preempted);
    }

    /// <summary>Whether the process was started to run one script or command.</summary>
    private static bool RunsScriptAlone() => Environment.GetCommandLineArgs().Skip(1)
        .Any(argument => argument.StartsWith('-') && argument.TrimStart('-').ToLowerInvariant()
            is "f" or "file" or "c" or "command" or "noni" or "noninteractive" or "encodedcommand" or "e" or "ec");
}

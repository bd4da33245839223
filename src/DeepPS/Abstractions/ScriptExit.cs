using System.Management.Automation;

namespace DeepPS.Abstractions;

/// <summary>
/// Gives a script that Ctrl+C or SIGINT ends within a training the exit code of a run that can go on: PowerShell stops the script
/// before it could say so itself. A prompt stays open.
/// </summary>
internal sealed class ScriptExit(PSCmdlet cmdlet) : IDisposable
{
    public void Dispose()
    {
        if (cmdlet.Stopping && RunsScriptAlone())
            cmdlet.Host.SetShouldExit(RunOutcome.Preempted);
    }

    /// <summary>Whether the process was started for a script or a command alone.</summary>
    private static bool RunsScriptAlone() => Environment.GetCommandLineArgs().Skip(1).Any(argument => argument.StartsWith('-')
        && argument.TrimStart('-').ToLowerInvariant() is "f" or "file" or "c" or "command" or "noni" or "noninteractive" or "encodedcommand" or "e" or "ec");
}

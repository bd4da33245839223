# Loads the cmdlets into a load context of their own. See src/DeepPS.Loader.
try {
    $module = Import-Module -PassThru -Assembly (
        [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/DeepPS.Loader.dll").GetType(
            'DeepPS.Loader.ModuleLoader')::Load("$PSScriptRoot/bin"))
}
catch {
    # A file of its own: PowerShell reads and compiles each line here in every import.
    & "$PSScriptRoot/ImportError.ps1" $_ "$PSScriptRoot/bin"
}

# PowerShell keeps the module of an assembly after the module that imported it was removed. The next import would then
# get its cmdlets without exporting them.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $module -Force }

<#
.SYNOPSIS
End a script with the exit code of its last training.
.DESCRIPTION
Exit codes: 0 if the training is finished or was stopped early by -Patience or a callback; 75 if a signal, -MaxTime, a
stop file or Ctrl+C stopped it, and it can be resumed from its checkpoints (a temporary failure in sysexits.h); 1 if it
failed, never began, or has not ended. The last training command counts, with all its models and its jobs, and also if
its parameters were refused. A session that trained only in other runspaces, such as those of ForEach-Object -Parallel,
ends with the worst of their codes. This is a function, since a cmdlet cannot end a script.
.PARAMETER Unfinished
Ends the script only if the training is not finished, with 1 or 75.
.EXAMPLE
$null = $model | Invoke-DlTraining -Data $split -Epochs 100 -CheckpointPath ./night -Resume
Exit-DlRun -Unfinished
$model | Measure-DlModel -Data $split

Trains, and measures the model only when the training is finished.
#>
function Exit-DlRun {
    [CmdletBinding()]
    param([switch] $Unfinished)
    $code = [DeepPS.Abstractions.RunOutcome]::ExitCode($global:Error)
    if ($Unfinished -and $code -eq 0) { return }
    exit $code
}

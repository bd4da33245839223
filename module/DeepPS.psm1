# Loads the cmdlets into a load context of their own. See src/DeepPS.Loader.
$bin = Join-Path $PSScriptRoot 'bin'
if (-not (Test-Path -LiteralPath (Join-Path $bin 'DeepPS.dll'))) {
    throw "DeepPS is not built: $bin holds no DeepPS.dll. Run ./build.sh build (or ./build.ps1 -Task Build) in the checkout first."
}

$loader = [System.Reflection.Assembly]::LoadFrom((Join-Path $bin 'DeepPS.Loader.dll')).GetType('DeepPS.Loader.ModuleLoader')
try { $assemblies = $loader::Load($bin) }
catch { throw $_.Exception.InnerException ?? $_ }
$modules = Import-Module -Assembly $assemblies -PassThru

# PowerShell keeps a module that is made of an assembly after the one that imported it has gone, and would then
# give the next import its cmdlets without exporting them.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $modules -Force }

<#
.SYNOPSIS
Ends a script with the exit code that its last training has earned.
.DESCRIPTION
0: training is done, or ended early because it was good enough. 1: it failed. 75: it was stopped before its end, by a signal, a
time limit, a stop file or Ctrl+C, and can go on from its checkpoints: what sysexits.h calls a temporary failure. Where no
training ran, 0. It is a function, since a cmdlet cannot end a script.
.PARAMETER Unfinished
Goes on with the script where training is done, and ends it otherwise.
.EXAMPLE
$model | Invoke-DlTraining -Data $split -Epochs 100 -CheckpointPath ./night -Resume | Export-Csv epochs.csv -Append; Exit-DlRun -Unfinished
Measures and exports below this line run only when training has come to its end.
#>
function Exit-DlRun {
    [CmdletBinding()]
    param([switch] $Unfinished)
    $code = [DeepPS.Abstractions.RunOutcome]::ExitCode()
    if ($Unfinished -and $code -eq 0) { return }
    exit $code
}

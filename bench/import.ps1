<#
.SYNOPSIS
    Measures how much longer a PowerShell process takes that imports the module, in pairs.
.DESCRIPTION
    Half of the pairs start with the import. -Program is worth setting to an installed pwsh: that of the .NET tool has
    no code compiled ahead of time, so everything that an import is the first to use is compiled then.
.EXAMPLE
    ./bench/import.ps1 -Module ./artifacts/DeepPS/DeepPS.psd1 -Program /opt/powershell/pwsh
#>
param(
    # The module's manifest; `./build.sh pack` makes the default.
    [string] $Module = (Join-Path $PSScriptRoot ../artifacts/DeepPS/DeepPS.psd1),

    # The program and its first arguments. Default: this PowerShell.
    [string[]] $Program,

    # The number of pairs.
    [int] $Pairs = 9
)
$ErrorActionPreference = 'Stop'
if (-not $Program) {
    $Program = [Environment]::ProcessPath
    if ((Split-Path $Program[0] -LeafBase) -eq 'dotnet') { $Program += Join-Path $PSHOME pwsh.dll }
}
$manifest = (Resolve-Path $Module).Path.Replace("'", "''")
$commands = @{ Alone = '1'; Import = "Import-Module '$manifest'" }

function Measure-Process([string] $Command) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program[0])
    @($Program | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-Command', $Command |
        ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $true
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $process = [System.Diagnostics.Process]::Start($start)
    $null = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $watch.Stop()
    if ($process.ExitCode -ne 0) { throw "'$Command' ended with exit code $($process.ExitCode)." }
    $watch.Elapsed.TotalMilliseconds
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    ($sorted[[Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[Math]::Floor($sorted.Count / 2)]) / 2
}

$commands.Values | ForEach-Object { $null = Measure-Process $_ }
$rows = foreach ($i in 1..$Pairs) {
    $row = @{}
    foreach ($name in ($i % 2 ? ('Alone', 'Import') : ('Import', 'Alone'))) {
        $row[$name] = Measure-Process $commands[$name]
    }
    [pscustomobject]@{ Alone = $row.Alone; Import = $row.Import; Ratio = $row.Import / $row.Alone }
}
[pscustomobject]@{
    Pairs  = $Pairs
    Alone  = [Math]::Round((Get-Median $rows.Alone))
    Import = [Math]::Round((Get-Median $rows.Import))
    Ratio  = [Math]::Round((Get-Median $rows.Ratio), 3)
    Ratios = ($rows.Ratio | ForEach-Object { $_.ToString('0.00', [cultureinfo]::InvariantCulture) }) -join ' '
}

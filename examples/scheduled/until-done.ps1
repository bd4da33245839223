<#
.SYNOPSIS
    Starts a training script again while it ends with exit code 75, until a time is over.
.DESCRIPTION
    For schedulers that do not look at exit codes, such as the Windows Task Scheduler. The exit code is that of the last
    start: 0 when the training is finished, 75 when it continues at the next start, 1 when it failed.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./until-done.ps1 -Folder ./night -MaxTime 08:00:00
#>
param(
    [string] $Folder = './night',
    [TimeSpan] $MaxTime = '08:00:00',

    # The script, which takes -Folder and -MaxTime and ends by Exit-DlRun.
    [string] $Script = "$PSScriptRoot/train.ps1",

    # The pause before a new start.
    [TimeSpan] $Pause = '00:00:10'
)

# As a .NET tool this process is dotnet, which runs pwsh.dll.
$program = [Environment]::ProcessPath
$first = @(if ((Split-Path $program -LeafBase) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll })
$end = [DateTime]::UtcNow + $MaxTime
while ($true) {
    $left = $end - [DateTime]::UtcNow
    & $program @first -NoProfile -NonInteractive -File $Script -Folder $Folder -MaxTime $left
    if ($LASTEXITCODE -ne 75 -or [DateTime]::UtcNow + $Pause -ge $end) { exit $LASTEXITCODE }
    Start-Sleep -Duration $Pause
}

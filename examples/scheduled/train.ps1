<#
.SYNOPSIS
    A training for a scheduler: started as often as you like, it goes on where it was and ends with an exit code.
.DESCRIPTION
    Trains on generated server metrics for up to -MaxTime, adds a line an epoch to -Csv, and writes checkpoints to -Folder. Stopped
    by its time, a signal or a reboot, it goes on at the next start. Exit code 0: done; 1: failed; 75: start it again.
    Put your own data in place of New-DlDataset.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./train.ps1 -Folder ./night -MaxTime 08:00:00
#>
param(
    [string] $Folder = './night',
    [string] $Csv = "$Folder/log.csv",
    [int] $Epochs = 200,
    [TimeSpan] $MaxTime = '08:00:00'
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"
$null = New-Item $Folder -ItemType Directory -Force

$data = New-DlDataset ServerMetrics 20000 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1
$model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 5 | New-DlModel -Name servers -Seed 1
$model |
    Invoke-DlTraining -Data $data -Epochs $Epochs -Seed 1 -CheckpointPath $Folder -CheckpointEvery 10min -Resume -MaxTime $MaxTime |
    Export-Csv $Csv -Append
Exit-DlRun -Unfinished                        # 75 or 1 end the script here

$model | Measure-DlModel -Data $data.Test | Export-Csv "$Folder/test.csv"
$model | Export-DlModel "$Folder/servers.dlmodel"
Exit-DlRun

<#
.SYNOPSIS
    Trains under a scheduler: each start continues the training, and the exit code says whether it is finished.
.DESCRIPTION
    Trains on generated server metrics for up to -MaxTime, and writes checkpoints to -Folder. After a time limit, a
    signal or a reboot, the next start continues it. Exit code 0: finished; 1: failed; 75: not finished, start it again.
    Replace New-DlDataset by your own data.

    The epochs are in epochs.csv in the folder, a line for each. The command's own output would not do: a start repeats
    the epochs since the last checkpoint, which Export-Csv -Append would write twice, and Export-Csv keeps rows in
    memory, which a killed process loses.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./train.ps1 -Folder ./night -MaxTime 08:00:00
#>
param(
    [string] $Folder = './night',
    [int] $Epochs = 200,
    [TimeSpan] $MaxTime = '08:00:00'
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$data = New-DlDataset ServerMetrics 20000 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1
$model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 5 |
    New-DlModel -Name servers -Seed 1
$checkpoints = @{ CheckpointPath = $Folder; CheckpointEvery = '10min'; Resume = $true }
$null = $model | Invoke-DlTraining -Data $data -Epochs $Epochs -Seed 1 -MaxTime $MaxTime @checkpoints
Exit-DlRun -Unfinished                        # ends the script here with 75 or 1

$model | Measure-DlModel -Data $data.Test | Export-Csv "$Folder/test.csv"
$model | Export-DlModel "$Folder/servers.dlmodel"
Exit-DlRun

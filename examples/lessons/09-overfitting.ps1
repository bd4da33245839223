<#
.SYNOPSIS
    Shows overfitting, and early stopping as the remedy.
.DESCRIPTION
    A wide network learns noisy points of a sine curve. Its training loss falls to the end, its validation loss has a
    minimum and rises again: from there on the network learns the noise. With -Patience training stops there and keeps
    the best parameters. Prechelt, "Early stopping - but when?" (1998).
.EXAMPLE
    ./examples/lessons/09-overfitting.ps1 -Plot ./overfitting.png
#>
param(
    # The learning curves as a picture. Default: none.
    [string] $Plot,

    [int] $Epochs = 400,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..150) {
    $x = $random.NextDouble() * 4 - 2
    [pscustomobject]@{ X = $x; Y = [Math]::Sin(2 * $x) + 1.2 * ($random.NextDouble() + $random.NextDouble() - 1) }
}
$data = $rows | ConvertTo-DlDataset -Label Y | Split-DlDataset -Validation 0.8 -Seed $Seed

function New-Wide {
    New-DlLayer Dense 256 -Activation ReLU | New-DlLayer Dense 256 -Activation ReLU | New-DlLayer Dense 1 |
        New-DlModel -Name wide -Seed $Seed
}
$options = @{ Data = $data; Epochs = $Epochs; Optimizer = New-DlOptimizer Adam 0.005; Seed = $Seed; NoRecord = $true }
$long = New-Wide
$records = $long | Invoke-DlTraining @options
$stopped = New-Wide
$early = $stopped | Invoke-DlTraining @options -Patience 40
if ($Plot) { $null = $records | Show-DlPlot $Plot }

foreach ($each in @{ Name = 'to the end'; Model = $long; Epochs = $records.Count },
    @{ Name = 'stopped early'; Model = $stopped; Epochs = $early.Count }) {
    [pscustomobject]@{
        Training       = $each.Name
        Epochs         = $each.Epochs
        TrainingLoss   = ($each.Model | Measure-DlModel -Data $data.Train -NoRecord).Loss
        ValidationLoss = ($each.Model | Measure-DlModel -Data $data.Validation -NoRecord).Loss
    }
}

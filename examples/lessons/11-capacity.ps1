<#
.SYNOPSIS
    Shows the capacity curve: training and test error against the width of a network, past the interpolation point.
.DESCRIPTION
    Networks of 2 to 1024 hidden units learn 120 points with some wrong labels. Small ones are wrong on both sides. From
    some width on the training error is 0: the network interpolates, the wrong labels too. Much wider networks do no
    worse than those at that point. Belkin, Hsu, Ma and Mandal, "Reconciling modern machine-learning practice and the
    classical bias-variance trade-off" (2019).
.EXAMPLE
    ./examples/lessons/11-capacity.ps1 | Format-Table
#>
param(
    [int[]] $Width = @(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024),

    [int] $Epochs = 300,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..1120) {
    $x = [float[]]@(foreach ($j in 1..10) { 2 * $random.NextDouble() - 1 })
    $isAbove = $x[0] * $x[1] + $x[2] -gt 0
    # One training label in ten is wrong.
    if ($i -le 120 -and $random.NextDouble() -lt 0.1) { $isAbove = -not $isAbove }
    [pscustomobject]@{ X = $x; Class = $isAbove ? 'above' : 'below' }
}
$train = $rows | Select-Object -First 120 | ConvertTo-DlDataset -Label Class
$test = $rows | Select-Object -Last 1000 | ConvertTo-DlDataset -Label Class

foreach ($units in $Width) {
    $model = New-DlLayer Dense $units -Activation ReLU | New-DlLayer Dense 2 |
        New-DlModel -Name "width$units" -Seed $Seed
    $options = @{ Epochs = $Epochs; Optimizer = New-DlOptimizer Adam 0.01; Seed = $Seed; NoRecord = $true }
    $null = $model | Invoke-DlTraining -Data $train @options
    [pscustomobject]@{
        Width         = $units
        Parameters    = $model.ParameterCount
        TrainingError = 1 - ($model | Measure-DlModel -Data $train -NoRecord).Accuracy
        TestError     = 1 - ($model | Measure-DlModel -Data $test -NoRecord).Accuracy
    }
}

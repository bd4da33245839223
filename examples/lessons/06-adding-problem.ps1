<#
.SYNOPSIS
    Trains an LSTM to add two marked numbers in a sequence of fifty.
.DESCRIPTION
    Each step has a number from 0 to 1 and a mark; two steps are marked, and the label is their sum. Always predicting 1
    gives a mean squared error of 0.167; a lower error needs memory over fifty steps. Hochreiter and Schmidhuber, "Long
    Short-Term Memory" (1997).
.EXAMPLE
    ./examples/lessons/06-adding-problem.ps1
#>
param([int] $Length = 50, [int] $Count = 4000, [int] $Epochs = 10, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..$Count) {
    $steps = [float[, ]]::new($Length, 2)
    for ($t = 0; $t -lt $Length; $t++) { $steps[$t, 0] = $random.NextSingle() }
    $first, $second = $random.Next(0, $Length / 2), $random.Next($Length / 2, $Length)
    $steps[$first, 1] = 1
    $steps[$second, 1] = 1
    [pscustomobject]@{ Steps = $steps; Sum = $steps[$first, 0] + $steps[$second, 0] }
}

$data = $rows | ConvertTo-DlDataset -Label Sum -LabelKind Number | Split-DlDataset -Test 0.1 -Seed $Seed
$model = New-DlLayer LSTM 32 | New-DlLayer Dense 1 | New-DlModel -Name adder -Seed $Seed
$adam = New-DlOptimizer Adam 0.02
$null = $model | Invoke-DlTraining -Data $data -Epochs $Epochs -BatchSize 32 -Optimizer $adam -ClipNorm 1 -Seed $Seed

$tested = $model | Measure-DlModel -Data $data -Metric MSE, MAE, R2
[pscustomobject]@{ AlwaysOne = 1 / 6; Lstm = $tested.MSE; MeanError = $tested.MAE; R2 = $tested.R2 }

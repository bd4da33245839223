<#
.SYNOPSIS
    Shows that two layers learn exclusive or, and one cannot.
.DESCRIPTION
    Points in the plane belong to class 1 if exactly one of their coordinates is positive. No straight line separates
    the classes: a single Dense layer stays at chance level, a hidden layer solves the problem. Minsky and Papert,
    "Perceptrons" (1969).
.EXAMPLE
    ./examples/lessons/01-xor.ps1
#>
param([int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$data = New-DlDataset Xor 600 -Seed $Seed | Split-DlDataset -Test 0.3 -Seed $Seed

$models = @(
    New-DlLayer Dense 1 | New-DlModel -Name 'no hidden layer' -Seed $Seed
    New-DlLayer Dense 8 -Activation Tanh | New-DlLayer Dense 1 | New-DlModel -Name 'hidden layer of 8' -Seed $Seed
)

foreach ($model in $models) {
    $null = $model | Invoke-DlTraining -Data $data -Epochs 60 -Optimizer (New-DlOptimizer Adam 0.02) -Seed $Seed
    $tested = $model | Measure-DlModel -Data $data
    [pscustomobject]@{ Model = $model.Name; Parameters = $model.ParameterCount; Accuracy = $tested.Accuracy }
}

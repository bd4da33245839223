<#
.SYNOPSIS
    Separates three intertwined spirals with a small network.
.DESCRIPTION
    The problem of Lang and Witbrock, "Learning to Tell Two Spirals Apart" (1988), with three arms. The script returns
    the records of some epochs, then the measured network on unseen points.
.EXAMPLE
    ./examples/lessons/02-spirals.ps1
#>
param([int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$data = New-DlDataset Spirals 900 -Seed $Seed | Split-DlDataset -Test 0.3 -Seed $Seed
$model = New-DlLayer Dense 64 -Activation ReLU |
    New-DlLayer Dense 64 -Activation ReLU |
    New-DlLayer Dense 3 | New-DlModel -Name spirals -Seed $Seed

$model | Invoke-DlTraining -Data $data -Epochs 40 -Optimizer (New-DlOptimizer Adam 0.005) -Schedule Cosine -Seed $Seed |
    Where-Object { $_.Epoch -in 1, 2, 5, 10, 20, 40 }
$model | Measure-DlModel -Data $data

<#
.SYNOPSIS
    Generates images of digits and trains a small convolutional network on them for five epochs.
.EXAMPLE
    ./examples/quickstart.ps1
#>
param(
    # The CSV file for the epochs.
    [string] $Csv = 'quickstart.csv'
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$data = New-DlDataset Digits 6000 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.2 -Seed 1

$model = New-DlLayer Conv2d 16 -KernelSize 3 -Activation ReLU |
    New-DlLayer MaxPool2d |
    New-DlLayer Flatten |
    New-DlLayer Dense 64 -Activation ReLU |
    New-DlLayer Dropout 0.2 |
    New-DlLayer Dense 10 |
    New-DlModel -Name digits

$model | Invoke-DlTraining -Data $data -Epochs 5 -BatchSize 64 -Seed 1 | Tee-Object -Variable epochs
$epochs | Export-Csv $Csv
$model
$model | Measure-DlModel -Data $data.Test

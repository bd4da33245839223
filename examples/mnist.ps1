<#
.SYNOPSIS
    Trains a network with one hidden layer on the MNIST digits for five epochs.
.DESCRIPTION
    The first example of Chollet, "Deep Learning with Python", chapter 2: 512 ReLU units, 10 outputs, RMSProp, batches
    of 128.
.EXAMPLE
    ./examples/mnist.ps1 -Path ./mnist
#>
param(
    # The folder with MNIST's four IDX files, gzipped or not.
    [Parameter(Mandatory)]
    [string] $Path,

    # The CSV file for the epochs.
    [string] $Csv = 'mnist.csv',

    [int] $Epochs = 5
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$model = New-DlLayer Flatten |
    New-DlLayer Dense 512 -Activation ReLU |
    New-DlLayer Dense 10 |
    New-DlModel -Name mnist

$split = Import-DlDataset $Path     # the files are published in two parts, Train and Test

$optimizer = New-DlOptimizer RMSProp 0.001 -Alpha 0.9
$model | Invoke-DlTraining -Data $split -Epochs $Epochs -BatchSize 128 -Optimizer $optimizer |
    Tee-Object -Variable records
$records | Export-Csv $Csv
$model | Measure-DlModel -Data $split

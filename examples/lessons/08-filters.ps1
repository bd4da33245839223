<#
.SYNOPSIS
    Shows what a convolutional network sees: its filters, and its activation maps of digits.
.DESCRIPTION
    Trains the network of PyTorch's MNIST example and writes three pictures: the filters of the first layer, what both
    convolutions give for some digits, and how the last hidden layer separates the classes. Zeiler and Fergus,
    "Visualizing and understanding convolutional networks" (2014).
.EXAMPLE
    ./examples/lessons/08-filters.ps1
.EXAMPLE
    ./examples/lessons/08-filters.ps1 -Path ./mnist -OutFolder ./pictures
#>
param(
    # The folder of MNIST's four IDX files. Default: digits are generated.
    [string] $Path,

    # The folder for the pictures.
    [string] $OutFolder = '.',

    [int] $Count = 3000,

    [int] $Epochs = 3,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$train, $test = if ($Path) {
    (Import-DlDataset $Path -Part Train), (Import-DlDataset $Path -Part Test)
}
else { (New-DlDataset Digits $Count -Seed $Seed), (New-DlDataset Digits 500 -Seed ($Seed + 1)) }
$model = New-DlLayer Conv2d 32 -KernelSize 3 -Activation ReLU |
    New-DlLayer Conv2d 64 -KernelSize 3 -Activation ReLU |
    New-DlLayer MaxPool2d | New-DlLayer Dropout 0.25 | New-DlLayer Flatten |
    New-DlLayer Dense 128 -Activation ReLU | New-DlLayer Dropout 0.5 |
    New-DlLayer Dense 10 | New-DlModel -Name digits -Seed $Seed
$null = $model | Invoke-DlTraining -Data $train -Epochs $Epochs -BatchSize 64 -Seed $Seed -NoRecord

[pscustomobject]@{
    Accuracy   = ($model | Measure-DlModel -Data $test -NoRecord).Accuracy
    Filters    = $model | Show-DlLayer "$OutFolder/filters.png"
    Maps       = $model | Show-DlLayer "$OutFolder/maps.png" -Data $test -Layer conv2d2 -Count 6
    Separation = $model | Show-DlEmbedding "$OutFolder/separation.png" -Data $test -Layer dense1 -Count 300
}

<#
.SYNOPSIS
    Finds the images that a network takes for each digit most, and asks a second network about them.
.DESCRIPTION
    The pixels are optimized instead of the weights. Blurred, moved at random and with a penalty on bright pixels, the
    result is a digit that people and a network of another seed read too. Yosinski and others, "Understanding neural
    networks through deep visualization" (2015).
.PARAMETER Path
    The folder of MNIST's files. Default: generated digits.
.PARAMETER Sheet
    A PNG file for the images. Default: none.
.EXAMPLE
    ./examples/lessons/15-activation-maximization.ps1 -Sheet ./digits.png
.EXAMPLE
    ./examples/lessons/15-activation-maximization.ps1 -Path ./mnist -Epochs 3 | Format-Table
#>
param([string] $Path, [string] $Sheet, [int] $Count = 2000, [int] $Epochs = 4, [int] $Steps = 256, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$data = if ($Path) { Import-DlDataset $Path } else { New-DlDataset Digits $Count -Seed $Seed }

$first, $second = $Seed, ($Seed + 1) | ForEach-Object {
    $model = New-DlLayer Conv2d 16 -KernelSize 3 -Activation ReLU | New-DlLayer MaxPool2d |
        New-DlLayer Conv2d 32 -KernelSize 3 -Activation ReLU | New-DlLayer MaxPool2d | New-DlLayer Flatten |
        New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.3 | New-DlLayer Dense 10 | New-DlModel -Seed $_
    $null = $model | Invoke-DlTraining -Data $data -Epochs $Epochs -BatchSize 64 -Seed $_ -NoRecord
    $model
}

$found = $first | Find-DlInput -Steps $Steps -Seed $Seed
if ($Sheet) { $null = $first | Find-DlInput -Steps $Steps -Seed $Seed -Path $Sheet }

$others = $found | Invoke-DlPrediction -Model $second -Probability All
foreach ($i in 0..9) {
    [pscustomobject]@{
        Class = $found[$i].Class; Own = $found[$i].Probability; OwnPrediction = $found[$i].Prediction
        Other = $others[$i]."Probability_$i"
    }
}

<#
.SYNOPSIS
    Misleads a network by noise that nobody sees, and makes another one robust.
.DESCRIPTION
    A step along the sign of the loss's gradient changes each pixel by at most epsilon: the fast gradient sign method of
    Goodfellow, Shlens and Szegedy, "Explaining and harnessing adversarial examples" (2015). Szegedy and others turned
    pictures of dogs into ostriches for a network this way (2014). A network that learns from such examples
    (Madry and others 2018) withstands them much longer.
.PARAMETER Path
    The folder of MNIST's files, or of CIFAR-10's. Default: generated digits.
.PARAMETER Sheet
    A PNG file of images before and after the change, aimed at one class. Default: none.
.EXAMPLE
    ./examples/lessons/16-ostrich.ps1 -Sheet ./triples.png | Format-Table
#>
param([string] $Path, [string] $Sheet, [int] $Count = 2000, [int] $Epochs = 4, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$split = if ($Path) { Import-DlDataset $Path }
else { New-DlDataset Digits $Count -Seed $Seed | Split-DlDataset -Test 0.2 -Seed $Seed }
$classes = $split.Train.Label.Levels

function New-Trained($Adversary) {
    $model = New-DlLayer Conv2d 16 -KernelSize 3 -Activation ReLU | New-DlLayer MaxPool2d |
        New-DlLayer Flatten | New-DlLayer Dense 64 -Activation ReLU |
        New-DlLayer Dense $classes.Count | New-DlModel -Seed $Seed
    $null = $model | Invoke-DlTraining -Data $split -Epochs $Epochs -Seed $Seed -NoRecord -Adversarial $Adversary
    $model
}

$plain = New-Trained $null
$robust = New-Trained (New-DlAttack Fgsm 0.15)
if ($Sheet) {
    $options = @{ Epsilon = 0.1; Target = $classes[-1]; Path = $Sheet; Count = 9; Seed = $Seed }
    $null = $split | ConvertTo-DlAdversarial $plain Pgd @options
}

foreach ($epsilon in 0, 0.02, 0.05, 0.1, 0.15, 0.2) {
    $accuracy = $plain, $robust | ForEach-Object {
        ($_ | Measure-DlModel $split -Adversarial Fgsm -Epsilon $epsilon).Accuracy
    }
    [pscustomobject]@{ Epsilon = $epsilon; Accuracy = $accuracy[0]; TrainedOnExamples = $accuracy[1] }
}

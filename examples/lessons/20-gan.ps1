<#
.SYNOPSIS
    Trains a generator of digits against a critic, and calculates with its codes.
.DESCRIPTION
    The generator turns random numbers into pictures, the critic tells them from real ones (Goodfellow 2014; Radford
    2015). A classifier, trained on the real digits alone, then reads 1,000 generated ones: how many of the ten classes
    there are, and how sure it is. At the end the difference between the mean codes of thick and of thin digits is added
    to other codes, which makes their digits thicker: "smiling woman - woman + man" of the DCGAN paper.

    With -Conditional both networks get the class of a digit too (Mirza and Osindero 2014), and the output says how many
    of the generated digits are read as the class that was asked for.

    Without -Mnist, the digits are generated ones and small; the full form takes MNIST and some minutes:
    20-gan.ps1 -Mnist ./mnist -Epochs 12 -Conditional -Path ./pictures
.EXAMPLE
    ./examples/lessons/20-gan.ps1 -Path ./pictures
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Number of passes over the digits.
    [int] $Epochs = 12,

    # Whether the networks get the class of a digit.
    [switch] $Conditional,

    # A folder for pictures: samples after each epoch, and thickened digits. Default: no pictures.
    [string] $Path,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$real = $Mnist ? (Import-DlDataset $Mnist -Part Train) : (New-DlDataset Digits 2000 -Seed $Seed)
$codeSize = 62

$generator = @(
    New-DlLayer Dense 3136 -Activation ReLU
    New-DlLayer Reshape 64, 7, 7
    New-DlLayer BatchNorm
    New-DlLayer ConvTranspose2d 32 4 -Stride 2 -Padding 1
    New-DlLayer BatchNorm -Activation ReLU
    New-DlLayer ConvTranspose2d 1 4 -Stride 2 -Padding 1 -Activation Tanh
) | New-DlModel -Name generator -Seed $Seed
$leaky = New-DlLayer LeakyReLU 0.2
$critic = @(
    New-DlLayer Conv2d 32 4 -Stride 2 -Padding 1 -Activation $leaky
    New-DlLayer Conv2d 64 4 -Stride 2 -Padding 1
    New-DlLayer BatchNorm -Activation $leaky
    New-DlLayer Flatten
    New-DlLayer Dense 1
) | New-DlModel -Name critic -Seed ($Seed + 1)

$options = @{ Critic = $critic; Data = $real; Epochs = $Epochs; CodeSize = $codeSize; Seed = $Seed; NoRecord = $true }
if ($Mnist) { $options.AverageDecay = 0.999 }
if ($Conditional) { $options.Conditional = $true }
if ($Path) { $options.SamplePath = $Path }
$last = $generator | Invoke-DlGanTraining @options | Select-Object -Last 1

# What a classifier of real digits reads.
$reader = New-DlModel LeNet5 -Seed $Seed
$reader | Invoke-DlTraining -Data $real -Epochs ($Mnist ? 4 : 6) -Seed $Seed -NoRecord | Out-Null
$made = New-DlSample -Model $generator -Count 1000 -Seed ($Seed + 1)
$read = $made | Invoke-DlPrediction -Model $reader
$classes = @($read | Group-Object Prediction | Where-Object Count -ge 10)

# Thick and thin digits, by the mean of their pixels, and the mean code of each.
function Get-MeanCode([object[]] $Samples) {
    $sum = [double[]]::new($codeSize)
    foreach ($sample in $Samples) {
        for ($i = 0; $i -lt $codeSize; $i++) { $sum[$i] += $sample.Code[$i] / $Samples.Count }
    }
    , $sum
}
function Get-Ink([object[]] $Samples) {
    $image = $real.Columns.Name | Where-Object { $_ -ne $real.Label.Name } | Select-Object -First 1
    foreach ($sample in $Samples) { ($sample.$image | Measure-Object -Average).Average }
}
$samples = New-DlSample -Model $generator -Count 500 -Seed ($Seed + 2)
$ink = Get-Ink $samples
$byInk = 0..499 | Sort-Object { $ink[$_] }
$thin = Get-MeanCode $samples[$byInk[0..99]]
$thick = Get-MeanCode $samples[$byInk[400..499]]
$before = New-DlSample -Model $generator -Count 20 -Seed ($Seed + 3)
$codes = foreach ($sample in $before) {
    , @(0..($codeSize - 1) | ForEach-Object { $sample.Code[$_] + $thick[$_] - $thin[$_] })
}
$after = New-DlSample -Model $generator -Code $codes
if ($Path) {
    $null = New-DlSample -Model $generator -Code ($before + $after) -Path (Join-Path $Path thicker.png)
}

[pscustomobject]@{
    Epochs         = $Epochs
    GeneratorLoss  = $last.Loss
    CriticAccuracy = $last.CriticAccuracy
    Classes        = $classes.Count
    Confidence     = ($read | Measure-Object Probability -Average).Average
    AsAsked        = if ($Conditional) { @($read | Where-Object { $_.Prediction -eq $_.Label }).Count / 1000 }
    InkBefore      = (Get-Ink $before | Measure-Object -Average).Average
    InkAfter       = (Get-Ink $after | Measure-Object -Average).Average
}

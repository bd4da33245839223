<#
.SYNOPSIS
    Makes up digits with a variational autoencoder, and calculates with their codes.
.DESCRIPTION
    The encoder gives each digit a mean and a variance for every number of its code, and training keeps codes close to
    normal random numbers, so that any such numbers decode to a digit (Kingma and Welling 2014). A classifier reads
    those that were made up. Codes also add up: thick slanted - thick upright + thin upright = thin slanted, as
    "smiling woman - woman + man" of Radford (2016). The attributes are measured: the ink of a digit, and its slant,
    the shift to the right for each row upward.

    Without -Mnist the digits are generated ones; the full form takes MNIST and some minutes:
    18-variational-autoencoder.ps1 -Mnist ./mnist -Epochs 20 -Path ./pictures
.EXAMPLE
    ./examples/lessons/18-variational-autoencoder.ps1 -Path ./pictures
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Number of generated digits, and of those whose codes are averaged.
    [int] $Count = 2000,

    # Number of passes over the digits.
    [int] $Epochs = 20,

    # The digit to calculate with.
    [string] $Digit = '0',

    # A folder for pictures: made-up digits, a way between two, and the sum of codes. Default: no pictures.
    [string] $Path,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$real = $Mnist ? (Import-DlDataset $Mnist -Part Train) : (New-DlDataset Digits $Count -Seed $Seed)
$image = @($real.Columns.Name | Where-Object { $_ -ne $real.Label.Name })[0]
$train = @{ Data = $real; Seed = $Seed; NoRecord = $true }

$vae = New-DlModel VariationalAutoencoder -Code 10 -Hidden 256 -InputShape 1, 28, 28 -Seed $Seed
$last = $vae | Invoke-DlTraining @train -Epochs $Epochs -Reconstruct -Loss BinaryCrossEntropy -LearningRate 0.002 |
    Select-Object -Last 1
$reader = New-DlModel LeNet5 -Seed $Seed
$reader | Invoke-DlTraining @train -Epochs ($Mnist ? 2 : 6) | Out-Null
$read = $vae | New-DlSample -Count 500 -Seed $Seed | Invoke-DlPrediction $reader

# Ink and slant of an image, from its moments.
function Measure-Stroke($Pixels) {
    $n = $sy = $sx = 0.0
    for ($i = 0; $i -lt 784; $i++) {
        if ($p = $Pixels[$i]) { $n += $p; $sx += $p * ($i % 28); $sy -= $p * ($i - $i % 28) / 28 }
    }
    $xy = $yy = 0.0
    for ($i = 0; $i -lt 784; $i++) {
        if ($p = $Pixels[$i]) {
            $y = ($i % 28 - $i) / 28 - $sy / $n
            $xy += $p * ($i % 28 - $sx / $n) * $y
            $yy += $p * $y * $y
        }
    }
    [pscustomobject]@{ Ink = $n / 784; Slant = $xy / $yy }
}
function Get-MeanCode($Samples) {
    0..9 | ForEach-Object { $i = $_; ($Samples | ForEach-Object { $_.Code[$i] } | Measure-Object -Average).Average }
}

# The digits of one class in four groups, by ink and slant.
$one, $others = (ConvertFrom-DlDataset $real).Where({ "$($_.($real.Label.Name))" -eq $Digit }, 'Split')
$own = @($one | Select-Object -First $Count | Invoke-DlPrediction $vae -Layer code -As Code)
$measured = foreach ($sample in $own) {
    $stroke = Measure-Stroke $sample.$image
    [pscustomobject]@{ Code = $sample.Code; Ink = $stroke.Ink; Slant = $stroke.Slant }
}
$ink, $slant = foreach ($name in 'Ink', 'Slant') { ($measured.$name | Sort-Object)[$measured.Count / 2] }
$groups = $measured | Group-Object -AsHashTable {
    "$($_.Ink -gt $ink ? 'thick' : 'thin') $($_.Slant -gt $slant ? 'slanted' : 'upright')"
}
$mean = @{}
foreach ($name in $groups.Keys) { $mean[$name] = Get-MeanCode $groups[$name] }
$sum = 0..9 | ForEach-Object { $mean['thick slanted'][$_] - $mean['thick upright'][$_] + $mean['thin upright'][$_] }
$names = 'thick slanted', 'thick upright', 'thin upright'
$decoded = $vae | New-DlSample -Code (@($names | ForEach-Object { , $mean[$_] }) + , $sum)
if ($Path) {
    $null = New-Item $Path -ItemType Directory -Force
    $null = $vae | New-DlSample -Count 64 -Seed $Seed -Path (Join-Path $Path made-up.png)
    $other = $others[0] | Invoke-DlPrediction $vae -Layer code -As Code
    $null = $vae | New-DlSample -Code $own[0], $other -Steps 9 -Path (Join-Path $Path between.png)
    $null = $vae | New-DlSample -Code $decoded -Path (Join-Path $Path sum.png)
}

$strokes = @($decoded | ForEach-Object { Measure-Stroke $_.$image })
[pscustomobject]@{
    Loss         = $last.Loss
    Classes      = @($read | Group-Object Prediction | Where-Object Count -ge 10).Count
    Confidence   = ($read | Measure-Object Probability -Average).Average
    ThickInk     = $strokes[0].Ink
    ThinInk      = $strokes[2].Ink
    SumInk       = $strokes[3].Ink
    UprightSlant = $strokes[2].Slant
    SlantedSlant = $strokes[0].Slant
    SumSlant     = $strokes[3].Slant
}

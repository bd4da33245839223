<#
.SYNOPSIS
    Recognises digits that a network was never trained on, from five examples of each.
.DESCRIPTION
    A network learns from the digits 0 to 6 to give embeddings: points of which those of one class are close to each
    other. Then it meets the digits 7 to 9. An episode shows it five labelled samples of each, and asks for the class of
    others: that of the nearest mean, the prototype (Snell 2017), without any training. Pixels is the same with the
    pixels themselves, which shows what the embeddings add. The picture has the embeddings of the new digits.

    Without -Mnist, the digits are generated ones; the full form takes MNIST and a minute:
    22-few-shots.ps1 -Mnist ./mnist -Epochs 2 -Path ./embeddings.png
.EXAMPLE
    ./examples/lessons/22-few-shots.ps1 -Path ./embeddings.png
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Number of passes over the digits 0 to 6.
    [int] $Epochs = 4,

    # Number of episodes to average over.
    [int] $Episodes = 100,

    # The loss: Prototypical, BatchHardTriplet or BatchContrastive.
    [string] $Loss = 'BatchHardTriplet',

    # A file for a picture of the embeddings, PNG or SVG. Default: no picture.
    [string] $Path,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$digits = $Mnist ? (Import-DlDataset $Mnist -Part Train) : (New-DlDataset Digits 1500 -Seed $Seed)
$known = $digits | Split-DlDataset -TestClass 7, 8, 9
$new = $Mnist ? (Import-DlDataset $Mnist -Part Test | Split-DlDataset -TestClass 7, 8, 9).Test : $known.Test

$filters = $Mnist ? 32 : 16
$model = @(
    New-DlLayer Conv2d $filters 3 -Padding same
    New-DlLayer BatchNorm -Activation ReLU
    New-DlLayer MaxPool2d
    New-DlLayer Conv2d $filters 3 -Padding same
    New-DlLayer BatchNorm -Activation ReLU
    New-DlLayer MaxPool2d
    New-DlLayer Flatten
    New-DlLayer Dropout 0.5
    New-DlLayer Dense 64 -Name embedding
) | New-DlModel -Name embedder -Seed $Seed

# Each batch is an episode too: five classes, ten samples of each.
$options = @{ Data = $known; Loss = $Loss; Sampling = 'Episode'; Way = 5; BatchSize = 50; Seed = $Seed }
$last = $model | Invoke-DlTraining @options -NoRecord -Epochs $Epochs | Select-Object -Last 1

if ($Path) { $null = $model | Show-DlEmbedding $Path -Data $new -Layer embedding -Method Tsne -Count 300 -Seed $Seed }

foreach ($shot in 1, 5) {
    $tasks = $new | Split-DlDataset -Episode -Way 3 -Shot $shot -Query 5 -Count $Episodes -Seed $Seed
    $measured = $model | Measure-DlModel $tasks -Prototype -Distance Euclidean
    $pixels = $model | Measure-DlModel $tasks -Prototype -Distance Euclidean -Layer input
    [pscustomobject]@{
        Loss     = $last.Loss
        Shot     = $shot
        Episodes = $measured.Count
        Accuracy = ($measured | Measure-Object Accuracy -Average).Average
        Pixels   = ($pixels | Measure-Object Accuracy -Average).Average
    }
}

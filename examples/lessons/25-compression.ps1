<#
.SYNOPSIS
    Makes trained networks smaller in four ways, and compares accuracy and size.
.DESCRIPTION
    A network of dense layers and LeNet5 learn digits. Their weights are then replaced by products of thin matrices (the
    singular value decomposition), by tensor trains (Novikov and others 2015), by their largest values alone (Han and
    others 2015), and by 8-bit numbers in a file. The smaller networks are measured as they are, and after a few more
    epochs ("tuned"). Without -Mnist the digits are generated ones.
.EXAMPLE
    ./examples/lessons/25-compression.ps1 -Mnist ./mnist -Plot ./compression.png | Format-Table
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Picture of the error by size, PNG or SVG. Default: none.
    [string] $Plot,

    # Number of generated digits.
    [int] $Count = 4000,

    # Number of passes of the first training; a third of it after a compression.
    [int] $Epochs = 6,

    # The settings to compare: ranks, TT-ranks, shares of removed weights.
    [int[]] $Rank = (2, 4, 8, 16), [int[]] $TensorRank = (4, 8, 16), [double[]] $Sparsity = (0.5, 0.8, 0.9, 0.95)
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$train, $test = $Mnist ?
    ('Train', 'Test' | ForEach-Object { Import-DlDataset $Mnist -Part $_ }) :
    ((New-DlDataset Digits $Count -Seed 1), (New-DlDataset Digits ([int] ($Count / 4)) -Seed 2))
$mlp = New-DlLayer Flatten | New-DlLayer Dense 256 -Activation ReLU | New-DlLayer Dense 128 -Activation ReLU |
    New-DlLayer Dense 10 | New-DlModel -Name MLP -Seed 1
$file = Join-Path ([System.IO.Path]::GetTempPath()) "compression-$([guid]::NewGuid()).dlmodel"

# Accuracy and size of a model, as a row that Show-DlPlot draws.
function Measure-Small($Model, [string] $Method, [long] $Bytes = [DeepPS.Models.ModelSize]::Of($Model).Bytes) {
    [pscustomobject]@{
        Network = $Model.Name; Layer = '*'; Method = $Method; CompressedBytes = $Bytes; ModelBytes = $Bytes
        Accuracy = ($Model | Measure-DlModel -Data $test -NoRecord).Accuracy
    }
}

$rows = foreach ($model in $mlp, (New-DlModel LeNet5 -Name LeNet5 -Seed 1)) {
    $null = $model | Invoke-DlTraining -Data $train -Epochs $Epochs -BatchSize 64 -Seed 1 -NoRecord
    Measure-Small $model None
    $ways = $(
        $Rank | ForEach-Object { @{ Rank = $_ } }
        # LeNet5 has no layer of 784 features.
        if ($model -eq $mlp) { $TensorRank | ForEach-Object { @{ TensorTrain = '4x7x7x4'; Rank = $_ } } }
        $Sparsity | ForEach-Object { @{ Sparsity = $_; Global = $true } }
    )
    foreach ($way in $ways) {
        $small = $model | Compress-DlModel @way
        $method = ('TensorTrain', 'Rank', 'Sparsity').Where{ $way[$_] }.ForEach{ "$_ $($way[$_])" } -join ' '
        Measure-Small $small $method
        $null = $small | Invoke-DlTraining -Data $train -Epochs ([Math]::Ceiling($Epochs / 3)) -Seed 2 -NoRecord `
            -Optimizer (New-DlOptimizer Adam 5e-4)
        Measure-Small $small "$method tuned"
    }

    $share = ($model | Export-DlModel $file -Quantize Int8).Length / ($model | Export-DlModel "$file.32").Length
    Measure-Small (Import-DlModel $file) Int8 ($share * [DeepPS.Models.ModelSize]::Of($model).Bytes)
    Remove-Item $file, "$file.32"
}

if ($Plot) { $null = $rows | Where-Object Network -eq MLP | Show-DlPlot $Plot }
$rows

<#
.SYNOPSIS
    Trains a transformer to reverse a sequence of twelve symbols.
.DESCRIPTION
    Each position of the output depends on one position of the input, which attention looks up. The label has a class
    for each position. Vaswani and others, "Attention Is All You Need" (2017).
.EXAMPLE
    ./examples/lessons/07-reversing-transformer.ps1
#>
param([int] $Length = 12, [int] $Symbols = 8, [int] $Count = 3000, [int] $Epochs = 10, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..$Count) {
    $sequence = [int[]]@(1..$Length | ForEach-Object { $random.Next($Symbols) })
    $reversed = $sequence.Clone()
    [Array]::Reverse($reversed)
    [pscustomobject]@{ Sequence = $sequence; Reversed = $reversed }
}

$data = $rows | ConvertTo-DlDataset -Label Reversed -LabelKind Class | Split-DlDataset -Test 0.1 -Seed $Seed
$model = New-DlLayer Embedding $Symbols 32 |
    New-DlLayer PositionalEncoding |
    New-DlLayer TransformerEncoder 2 4 -FeedForward 64 -Dropout 0 |
    New-DlLayer Dense $Symbols | New-DlModel -Name reverser -Seed $Seed
$null = $model |
    Invoke-DlTraining -Data $data -Epochs $Epochs -BatchSize 32 -Optimizer (New-DlOptimizer Adam 0.003) -Seed $Seed

$tested = $model | Measure-DlModel -Data $data
$example = $rows[0] | Invoke-DlPrediction -Model $model
[pscustomobject]@{
    Parameters = $model.ParameterCount; Accuracy = $tested.Accuracy
    Sequence = "$($rows[0].Sequence)"; Predicted = "$($example.Prediction)"
}

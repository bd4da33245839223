<#
.SYNOPSIS
    Measures the training of a tree network: nodes a second, against PyTorch that computes node by node.
.EXAMPLE
    dotnet pwsh -File bench/trees.ps1 -Rounds 3
    Prints the best of three rounds on both sides, which run in turn.
#>
param(
    # Number of trees.
    [int] $Trees = 1000,

    # Rounds; the best one counts.
    [int] $Rounds = 3,

    # A Python with torch.
    [string] $Python = (Test-Path /usr/bin/python3) ? '/usr/bin/python3' : 'python3',

    # A folder for the file of trees.
    [string] $Folder = (Join-Path ([IO.Path]::GetTempPath()) deepps-trees)
)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../DeepPS.psd1)
$null = New-Item -ItemType Directory -Force $Folder
$file = Join-Path $Folder "trees$Trees.jsonl"
$data = New-DlDataset Jets $Trees -Seed 1
$rows = @($data | ConvertFrom-DlDataset)
$rows | ForEach-Object { "$($_.Tree)" } | Set-Content $file
# A binary tree has a node less than twice its particles.
$nodes = 2 * ($rows | Measure-Object Particles -Sum).Sum - $Trees

$options = @{ Data = $data; Epochs = 1; BatchSize = 64; Seed = 1; NoRecord = $true }
$model = New-DlLayer TreeLSTM 32 -Children 2 -From Tree | New-DlLayer Dense 2 | New-DlModel -Seed 1
$null = $model | Invoke-DlTraining @options
$best = [ordered]@{ DeepPS = 0; PyTorch = 0 }
foreach ($round in 1..$Rounds) {
    $best.DeepPS = [Math]::Max($best.DeepPS, $nodes / ($model | Invoke-DlTraining @options).Seconds)
    $rate = & $Python (Join-Path $PSScriptRoot torch_trees.py) $file
    $best.PyTorch = [Math]::Max($best.PyTorch, [double]$rate)
}
foreach ($name in $best.Keys) {
    [pscustomobject]@{
        What = $name
        NodesPerSecond = [int]$best[$name]
        OursToThis = [Math]::Round($best.DeepPS / $best[$name], 1)
    }
}

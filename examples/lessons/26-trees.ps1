<#
.SYNOPSIS
    Tells jets of W bosons from those of quarks and gluons by the tree of their particles.
.DESCRIPTION
    Particles of a jet are put together pair by pair, the nearest first; the history is a binary tree of any shape. A
    recursive network with gates reads it from the leaves to the root (Louppe, Cho, Becot and Cranmer 2018). Two dense
    networks see the whole jet: Flat its momentum, mass, number of particles, width and dispersion, Expert also Tau21, a
    feature that physicists invented for this task. All learn from the same jets and are measured on others.
.PARAMETER Count
    Number of jets to learn from.
.PARAMETER Epochs
    Number of passes of the tree network over the jets.
.PARAMETER Seeds
    Number of networks of each kind, each with another seed.
.PARAMETER Plot
    A folder for the ROC curves of the last networks: Flat.png, Expert.png and Tree.png. Default: none.
.EXAMPLE
    ./examples/lessons/26-trees.ps1 -Plot ./curves
#>
param([int] $Count = 12000, [int] $Epochs = 12, [int] $Seeds = 3, [string] $Plot)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$train = New-DlDataset Jets $Count -Seed 1 | Split-DlDataset -Validation 0.1 -Seed 1
$test = New-DlDataset Jets ([Math]::Max(1000, $Count / 2)) -Seed 2
$features = 'Pt', 'Mass', 'Particles', 'Width', 'Dispersion'

function New-Dense([string[]] $Column, [int] $Seed) {
    New-DlLayer Concat -From $Column | New-DlLayer Dense 64 -Activation ReLU |
        New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed $Seed
}

$areas = foreach ($seed in 1..$Seeds) {
    $models = [ordered]@{
        Flat   = New-Dense $features $seed
        Expert = New-Dense ($features + 'Tau21') $seed
        Tree   = New-DlLayer RecursiveTree 20 -Gated -Activation ReLU -From Tree |
            New-DlLayer Dense 20 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed $seed
    }
    $row = [ordered]@{ Seed = $seed }
    foreach ($name in $models.Keys) {
        $passes = $name -eq 'Tree' ? $Epochs : 3 * $Epochs
        $options = @{ Epochs = $passes; Seed = $seed; BatchSize = 64; NoRecord = $true }
        $optimizer = New-DlOptimizer Adam 0.003
        $null = $models[$name] | Invoke-DlTraining $train @options -Optimizer $optimizer -Schedule Cosine
        $row[$name] = ($models[$name] | Measure-DlModel $test -Metric RocAuc).RocAuc
    }
    [pscustomobject]$row
}

if ($Plot) {
    $null = New-Item $Plot -ItemType Directory -Force
    foreach ($name in $models.Keys) {
        $null = $models[$name] | Show-DlPlot (Join-Path $Plot "$name.png") -Data $test -Kind Roc -Positive W
    }
}

$areas | Select-Object *, @{ Name = 'Gain'; Expression = { $_.Tree - $_.Flat } }

<#
.SYNOPSIS
    Computes ridge regression in three ways: in closed form by hand, by the normal equation, and by gradient descent.
.DESCRIPTION
    One Dense layer with squared error has a solution in closed form: (X'X + a I) w = X'y, over centred columns. The
    script computes it for three features by Gaussian elimination, solves it with the optimizer NormalEquation, and
    approaches it with SGD and weight decay. Hoerl and Kennard, "Ridge Regression" (1970).
.EXAMPLE
    ./examples/lessons/04-ridge-regression.ps1
#>
param([double] $Alpha = 5, [int] $Count = 200, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..$Count) {
    $x = 1..3 | ForEach-Object { $random.NextDouble() * 2 - 1 }
    [pscustomobject]@{
        A = $x[0]; B = $x[1] + 0.5 * $x[0]; C = $x[2]
        Y = 3 * $x[0] - 2 * $x[1] + 0.5 * $x[2] + 0.3 * ($random.NextDouble() - 0.5)
    }
}

# The columns as a network gets them, standardised; so is the label.
function Get-Standardized([string] $Name) {
    $values = [double[]]$rows.$Name
    $mean = ($values | Measure-Object -Average).Average
    $deviation =
        [Math]::Sqrt(($values | ForEach-Object { ($_ - $mean) * ($_ - $mean) } | Measure-Object -Average).Average)
    , [double[]]@($values | ForEach-Object { ($_ - $mean) / $deviation })
}

$x = @((Get-Standardized A), (Get-Standardized B), (Get-Standardized C))
$y = Get-Standardized Y

function Get-Product([double[]] $a, [double[]] $b) {
    $sum = 0.0
    foreach ($i in 0..($a.Count - 1)) { $sum += $a[$i] * $b[$i] }
    $sum
}

# (X'X + alpha I) w = X'y, by elimination.
$m = foreach ($i in 0..2) {
    $row = 0..2 | ForEach-Object { (Get-Product $x[$i] $x[$_]) + $(if ($_ -eq $i) { $Alpha } else { 0 }) }
    , [double[]]@($row + (Get-Product $x[$i] $y))
}
foreach ($i in 0..2) {
    foreach ($k in 0..2) {
        if ($k -eq $i) { continue }
        $factor = $m[$k][$i] / $m[$i][$i]
        foreach ($j in 0..3) { $m[$k][$j] -= $factor * $m[$i][$j] }
    }
}
$closed = 0..2 | ForEach-Object { $m[$_][3] / $m[$_][$_] }

function Get-Weight($Model) { $Model.Network.Parameters[0].Value.detach().data[float]().ToArray() }

$data = $rows | ConvertTo-DlDataset -Label Y
$solved = New-DlLayer Dense 1 | New-DlModel
$null = $solved | Invoke-DlTraining -Data $data -Optimizer (New-DlOptimizer NormalEquation -WeightDecay $Alpha)

# The mean squared error is 1/n of the sum, and its gradient twice the error: alpha becomes 2 alpha / n.
$walked = New-DlLayer Dense 1 | New-DlModel
$sgd = New-DlOptimizer SGD 0.2 -WeightDecay (2 * $Alpha / $Count)
$null = $walked | Invoke-DlTraining -Data $data -Optimizer $sgd -Epochs 300 -BatchSize $Count

foreach ($i in 0..2) {
    [pscustomobject]@{
        Weight = 'ABC'[$i]; ClosedForm = $closed[$i]; NormalEquation = (Get-Weight $solved)[$i]; GradientDescent =
            (Get-Weight $walked)[$i]
    }
}

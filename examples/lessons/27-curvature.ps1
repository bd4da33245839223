<#
.SYNOPSIS
    Shows what the curvature of a loss says about learning rates, and optimizers that use it.
.DESCRIPTION
    A linear regression on two inputs of very different scale has a loss whose curvature is about 400 times larger
    along one direction than along the other. Measure-DlCurvature finds both, and the largest stable learning rate
    2 / Largest: gradient descent with 0.98 of it converges, with 1.02 of it it diverges. Even the best rate is slow
    along the flat direction. Momentum and Adam are faster, KFAC and NaturalGradient divide by the curvature. Scaling
    the inputs makes all directions alike. The picture has the loss of each optimizer by epoch.
.EXAMPLE
    ./examples/lessons/27-curvature.ps1 -Plot ./curvature.png
#>
param(
    # The learning curves as a picture. Default: none.
    [string] $Plot,

    [int] $Epochs = 150,

    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..200) {
    $narrow, $wide = ($random.NextDouble() * 2 - 1), ($random.NextDouble() * 40 - 20)
    [pscustomobject]@{ Narrow = $narrow; Wide = $wide; Y = 3 * $narrow + 0.1 * $wide + 0.1 * $random.NextDouble() }
}
$scaled = $rows | ConvertTo-DlDataset -Label Y
$data = $rows | ConvertTo-DlDataset -Label Y -Column @{
    Narrow = @{ Scaling = 'None' }; Wide = @{ Scaling = 'None' }
}

function New-Line($Name = 'line') {
    New-DlLayer Dense 1 -WeightInitializer Zeros | New-DlModel -Name $Name -Seed $Seed
}

# All rows in one batch: the loss is one and the same quadratic function in each step.
$options = @{ Data = $data; Epochs = $Epochs; BatchSize = $rows.Count; Seed = $Seed; NoRecord = $true }
$curvature = New-Line | Measure-DlCurvature $data -Top 3
$rate = $curvature.StableLearningRate
$growth = foreach ($factor in 0.98, 1.02) {
    $losses = (New-Line | Invoke-DlTraining @options -Optimizer SGD -LearningRate ($factor * $rate)).Loss
    $losses[-1] / $losses[0]
}

$optimizers = [ordered]@{
    'gradient descent' = New-DlOptimizer SGD ($rate / 2)
    'momentum'         = New-DlOptimizer SGD ($rate / 2) -Momentum 0.9
    'Adam'             = New-DlOptimizer Adam 0.05
    'KFAC'             = New-DlOptimizer KFAC 0.5 -Momentum 0 -KLClip 0
    'natural gradient' = New-DlOptimizer NaturalGradient 0.5 -KLClip 0
}
$models = foreach ($name in $optimizers.Keys) {
    $model = New-Line $name
    $null = $model | Invoke-DlTraining @options -Optimizer $optimizers[$name]
    $model
}
if ($Plot) { $null = $models | Show-DlPlot $Plot }

[pscustomobject]@{
    ConditionNumber    = $curvature.ConditionNumber
    ScaledInputs       = (New-Line | Measure-DlCurvature $scaled -Top 3).ConditionNumber
    StableLearningRate = $rate
    GrowthBelow        = $growth[0]
    GrowthAbove        = $growth[1]
    # The epochs until the loss, which begins at 1, is 0.01.
    Optimizers         = foreach ($model in $models) {
        $first = $model.History | Where-Object Loss -lt 0.01 | Select-Object -First 1
        [pscustomobject]@{ Optimizer = $model.Name; Epochs = $first.Epoch; Loss = $model.History[-1].Loss }
    }
}

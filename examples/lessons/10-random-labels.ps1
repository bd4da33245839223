<#
.SYNOPSIS
    Shows that a network can learn random labels by heart, without learning anything about new samples.
.DESCRIPTION
    The same network learns 200 points twice: with their true classes, and with classes drawn at random. Both times it
    learns all of its training samples. Only with true classes is it right on new ones. Zhang, Bengio, Hardt, Recht and
    Vinyals, "Understanding deep learning requires rethinking generalization" (2017).
.EXAMPLE
    ./examples/lessons/10-random-labels.ps1
#>
param([int] $Width = 512, [int] $Epochs = 150, [int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$random = [Random]::new($Seed)
$rows = foreach ($i in 1..700) {
    $x = [float[]]@(foreach ($j in 1..20) { 2 * $random.NextDouble() - 1 })
    [pscustomobject]@{ X = $x; Class = ($x[0] + $x[1] - $x[2] + $x[3] -gt 0) ? 'above' : 'below' }
}
$test = $rows | Select-Object -Last 500 | ConvertTo-DlDataset -Label Class

foreach ($labels in 'true', 'random') {
    $train = $rows | Select-Object -First 200 | ForEach-Object {
        [pscustomobject]@{
            X     = $_.X
            Class = $labels -eq 'true' ? $_.Class : ('above', 'below')[$random.Next(2)]
        }
    } | ConvertTo-DlDataset -Label Class
    $model = New-DlLayer Dense $Width -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Name $labels -Seed $Seed
    $options = @{ Epochs = $Epochs; Optimizer = New-DlOptimizer Adam 0.01; Seed = $Seed; NoRecord = $true }
    $null = $model | Invoke-DlTraining -Data $train @options
    [pscustomobject]@{
        Labels           = $labels
        TrainingAccuracy = ($model | Measure-DlModel -Data $train -NoRecord).Accuracy
        TestAccuracy     = ($model | Measure-DlModel -Data $test -NoRecord).Accuracy
    }
}

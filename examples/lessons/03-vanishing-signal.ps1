<#
.SYNOPSIS
    Shows why initial values matter: the signal in ten tanh layers with small weights and with Xavier's.
.DESCRIPTION
    With weights of standard deviation 0.01, each layer's output is a fraction of the previous one: after ten layers
    there is nothing left to learn from. Xavier's standard deviation keeps the signal. Glorot and Bengio, "Understanding
    the difficulty of training deep feedforward neural networks" (2010).
.EXAMPLE
    ./examples/lessons/03-vanishing-signal.ps1
#>
param([int] $Seed = 1)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

$digits = New-DlDataset Digits 500 -Seed $Seed

function Measure-Signal($Initializer) {
    $layers = @(New-DlLayer Flatten) + @(1..10).ForEach{
        New-DlLayer Dense 200 -Activation Tanh -WeightInitializer $Initializer -BiasInitializer Zeros -Name "tanh$_"
    }
    $layers | New-DlModel -Seed $Seed | Measure-DlLayer -Data $digits | Where-Object Name -like tanh*
}

$small = Measure-Signal (New-DlInitializer Normal 0 0.01)
$xavier = Measure-Signal XavierNormal
foreach ($i in 0..9) {
    [pscustomobject]@{
        Layer = $small[$i].Name; SmallWeights = $small[$i].StandardDeviation; Xavier = $xavier[$i].StandardDeviation
    }
}

<#
.SYNOPSIS
    Sets the weights of neurons by hand: And, Or, and Xor of three neurons.
.DESCRIPTION
    A neuron gives 1 if the weighted sum of its inputs exceeds a threshold (McCulloch and Pitts, "A logical calculus of
    the ideas immanent in nervous activity", 1943). One neuron computes And, and one computes Or; Xor is "Or, but not
    And": two layers, as no single neuron computes it (Minsky and Papert, "Perceptrons", 1969). Nothing is trained.
.PARAMETER Picture
    A PNG or SVG file of the network for Xor. Default: none.
.EXAMPLE
    ./examples/lessons/13-neuron.ps1 -Picture ./xor.png | Format-Table
#>
param([string] $Picture)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

# The bias is the threshold with its sign changed.
$and, $or = foreach ($bias in -1.5, -0.5) {
    New-DlLayer Dense 1 -Activation Step -Name neuron |
        New-DlModel -InputShape 2 -Weight @{ neuron = @{ weight = 1, 1; bias = $bias } }
}

$xor = New-DlLayer Dense 2 -Activation Step -Name hidden | New-DlLayer Dense 1 -Activation Step -Name neuron |
    New-DlModel -Name xor -InputShape 2 -Weight @{
        hidden = @{ weight = (1, 1), (1, 1); bias = -0.5, -1.5 }    # Or, And
        neuron = @{ weight = 1, -1; bias = -0.5 }                   # Or, but not And
    }
if ($Picture) { $null = $xor | Show-DlModel $Picture }

$inputs = foreach ($a in 0, 1) { foreach ($b in 0, 1) { [pscustomobject]@{ A = $a; B = $b } } }
$results = foreach ($model in $and, $or, $xor) { , @($inputs | Invoke-DlPrediction $model).Prediction }
foreach ($i in 0..3) {
    [pscustomobject]@{
        A   = $inputs[$i].A
        B   = $inputs[$i].B
        And = $results[0][$i]
        Or  = $results[1][$i]
        Xor = $results[2][$i]
    }
}

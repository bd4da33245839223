<#
.SYNOPSIS
    Reuses the first layers of a network for another task, frozen or tuned, and plots how far they are general.
.DESCRIPTION
    A network learns task A, the digits 0 to 4. Its first layers, up to one, begin networks for task B, the digits 5 to
    9, of which there are few; the layers after them begin at random. Reused layers are frozen, or tuned with the rest.
    Early layers are general: they help, frozen as well as tuned. Late layers are specific to task A: frozen they cost
    accuracy, and tuned they do no harm. "B to B" reuses layers of a network of the same task and shows what freezing
    alone costs. The experiment of Yosinski, Clune, Bengio and Lipson, "How transferable are features in deep neural
    networks?" (2014), on digits.

    Without -Mnist the digits are generated ones. The full form takes MNIST and some minutes:
    17-transfer.ps1 -Mnist ./mnist -Count 10000 -Few 500 -Seeds 3 -Plot ./transfer.svg
.EXAMPLE
    ./examples/lessons/17-transfer.ps1 -Plot ./transfer.svg | Format-Table
#>
param(
    # A folder with the files of MNIST. Default: generated digits.
    [string] $Mnist,

    # Number of digits of both tasks to learn from, before those of task B are made few.
    [int] $Count = 4000,

    # Number of digits of task B to learn from.
    [int] $Few = 200,

    # Number of networks for each place and way; their accuracies are averaged.
    [int] $Seeds = 2,

    # Number of passes over the digits of task A. Task B takes twice as many steps for each digit.
    [int] $Epochs = 8,

    # A PNG or SVG file of the accuracies by layer. Default: none.
    [string] $Plot
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../DeepPS.psd1"

# The digits of a task, as arrays of 784 numbers.
function Get-Task($Data, [string[]] $Digits, [int] $First) {
    $label = $Data.Label.Name
    ConvertFrom-DlDataset $Data | Where-Object { "$($_.$label)" -in $Digits } | Select-Object -First $First |
        ConvertTo-DlDataset -Label $label -LabelKind Class
}
$train, $test = $Mnist ?
    ('Train', 'Test' | ForEach-Object { Import-DlDataset $Mnist -Part $_ }) :
    ((New-DlDataset Digits $Count -Seed 1), (New-DlDataset Digits 2000 -Seed 2))
$a, $b, $measured = (Get-Task $train (0..4) $Count), (Get-Task $train (5..9) $Few), (Get-Task $test (5..9) $Count)

$layers = 'conv1', 'conv2', 'dense1', 'dense2'
# The layers after a layer, with initial values; all of them without one.
function New-Layers([string] $After) {
    $new = @(
        New-DlLayer Reshape 1, 28, 28 -Name image
        New-DlLayer Conv2d 8 5 -Activation ReLU -Name conv1
        New-DlLayer MaxPool2d -Name pool1
        New-DlLayer Conv2d 16 5 -Activation ReLU -Name conv2
        New-DlLayer MaxPool2d -Name pool2
        New-DlLayer Flatten -Name flat
        New-DlLayer Dense 64 -Activation ReLU -Name dense1
        New-DlLayer Dense 32 -Activation ReLU -Name dense2
        New-DlLayer Dense 5 -Name output
    )
    $new | Select-Object -Skip ($After ? 1 + $new.Name.IndexOf($After) : 0)
}
function Measure-Task($Model, [int] $Seed) {
    $null = $Model | Invoke-DlTraining -Data $b -Epochs (2 * $Epochs) -Seed $Seed -NoRecord
    ($Model | Measure-DlModel -Data $measured).Accuracy
}

$results = foreach ($seed in 1..$Seeds) {
    $fromA = New-Layers | New-DlModel -Seed $seed
    $null = $fromA | Invoke-DlTraining -Data $a -Epochs $Epochs -Seed $seed -NoRecord
    $fromB = New-Layers | New-DlModel -Seed $seed
    $baseline = Measure-Task $fromB $seed
    foreach ($way in 'A to B', 'B to B') {
        [pscustomobject]@{ Layers = 0; Way = "$way, frozen"; Accuracy = $baseline }
        [pscustomobject]@{ Layers = 0; Way = "$way, tuned"; Accuracy = $baseline }
        foreach ($i in 1..4) {
            foreach ($freeze in $true, $false) {
                $reused = @(($way -eq 'A to B' ? $fromA : $fromB) | Get-DlLayer -Until $layers[$i - 1] -Freeze:$freeze)
                $model = $reused + @(New-Layers $layers[$i - 1]) | New-DlModel -Seed (100 + $seed)
                [pscustomobject]@{
                    Layers   = $i
                    Way      = "$way, $($freeze ? 'frozen' : 'tuned')"
                    Accuracy = Measure-Task $model $seed
                }
            }
        }
    }
}

$rows = $results | Group-Object Layers, Way | ForEach-Object {
    [pscustomobject]@{
        Layers   = $_.Group[0].Layers
        Way      = $_.Group[0].Way
        Accuracy = ($_.Group | Measure-Object Accuracy -Average).Average
    }
}
if ($Plot) { $null = $rows | Show-DlPlot $Plot -Kind Lines }
$rows

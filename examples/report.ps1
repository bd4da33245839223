<#
.SYNOPSIS
    Trains a network on the penguins and writes a report as one HTML file.
.DESCRIPTION
    Reads penguins.csv, or downloads it, trains a small network to tell the three species apart, and reports the run:
    settings, columns, learning curves, evaluation and the most wrong samples.
.EXAMPLE
    ./examples/report.ps1
.EXAMPLE
    ./examples/report.ps1 -Path ./penguins.csv -OutFile ./penguins.html
#>
param(
    # The CSV file of the penguins. Default: it is downloaded.
    [string] $Path,

    # The report.
    [string] $OutFile = 'penguins.html'
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$table = $Path ? (Import-DlDataset $Path -Label species) : (Save-DlDataset Penguins | Import-DlDataset -Label species)
$data = $table | Split-DlDataset -Validation 0.2 -Test 0.2 -Seed 1
$model = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Name penguins -Seed 1
$null = $model | Invoke-DlTraining -Data $data -Epochs 30 -LearningRate 0.01 -Seed 1

$model | New-DlReport $OutFile -Data $data

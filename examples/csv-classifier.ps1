<#
.SYNOPSIS
    Server metrics in a CSV file become a network that names the failure to come.
.DESCRIPTION
    Makes an operations data set, writes it as a CSV file as a monitoring system would, and goes on from the file: import,
    split, train with early stopping, measure, save the model, and use the saved one on new rows.
.EXAMPLE
    ./examples/csv-classifier.ps1
#>
param(
    # Where the CSV of the epochs goes.
    [string] $Csv = 'csv-classifier.csv',

    [int] $Rows = 5000
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$folder = Join-Path ([IO.Path]::GetTempPath()) "deepps-example-$PID"
$null = New-Item -ItemType Directory $folder
try {
    New-DlDataset ServerMetrics $Rows -Seed 7 | ConvertFrom-DlDataset | Export-Csv "$folder/servers.csv"

    $data = Import-DlDataset "$folder/servers.csv" -Label Failure |
        Split-DlDataset -Validation 0.15 -Test 0.15 -Seed 7
    $model = New-DlLayer Dense 64 -Activation ReLU |
        New-DlLayer Dropout 0.2 |
        New-DlLayer Dense 32 -Activation ReLU |
        New-DlLayer Dense $data.Plan.Label.Classes.Count |
        New-DlModel -Name failures

    $model | Invoke-DlTraining -Data $data -Epochs 60 -Optimizer AdamW -ClassWeight Balanced -Patience 8 |
        Tee-Object -Variable epochs
    $epochs | Export-Csv $Csv
    $model | Measure-DlModel -Data $data.Test

    $model | Export-DlModel "$folder/failures.dlmodel"
    Import-Csv "$folder/servers.csv" | Select-Object -First 20 |
        Invoke-DlPrediction -Model "$folder/failures.dlmodel" |
        Where-Object Probability -lt 0.6 |
        Select-Object Role, Cpu, Memory, Disk, Failure, Prediction, Probability
}
finally {
    Remove-Item $folder -Recurse
}

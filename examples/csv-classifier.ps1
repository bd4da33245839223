<#
.SYNOPSIS
    Trains a network on server metrics in a CSV file to predict the next failure.
.DESCRIPTION
    Generates operations data and writes it to a CSV file, as a monitoring system would. Then it imports the file,
    splits the data, trains with early stopping, measures the model, saves it, and uses the saved model on new rows.
.EXAMPLE
    ./examples/csv-classifier.ps1
#>
param(
    # The CSV file for the epochs.
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

    $null = $model | Export-DlModel "$folder/failures.dlmodel"
    Import-Csv "$folder/servers.csv" | Select-Object -First 20 |
        Invoke-DlPrediction -Model "$folder/failures.dlmodel" |
        Where-Object Probability -lt 0.6 |
        Select-Object Role, Cpu, Memory, Disk, Failure, Prediction, Probability
}
finally {
    Remove-Item $folder -Recurse
}

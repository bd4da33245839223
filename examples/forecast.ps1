<#
.SYNOPSIS
    Predicts the load of servers one day ahead, hour by hour.
.DESCRIPTION
    Generates half a year of hourly counters of several servers, with daily and weekly cycles and missing hours, and
    writes them to a CSV file, as a monitoring system would. From the file it makes windows of two days, trains a
    network to predict the 24 hours after each window, and measures it on the last tenth of the time, next to the
    forecasts that repeat the value of an hour and of a week before. Then it continues each server's series by two days.
.EXAMPLE
    ./examples/forecast.ps1
#>
param(
    # The CSV file for the forecast.
    [string] $Csv = 'forecast.csv',

    [int] $Rows = 16000,

    [int] $Epochs = 12
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$folder = Join-Path ([IO.Path]::GetTempPath()) "deepps-forecast-$PID"
$null = New-Item -ItemType Directory $folder
try {
    New-DlDataset ServerLoad $Rows -Seed 7 | ConvertFrom-DlDataset |
        Select-Object @{ Name = 'Time'; Expression = { $_.Time.ToString('s') } }, Host, Users, Load |
        Export-Csv "$folder/load.csv"

    $data = Import-DlDataset "$folder/load.csv" |
        ConvertTo-DlTimeSeries Time Load -Group Host -Feature Users -Length 48 -Horizon 24 |
        Split-DlDataset -Validation 0.1 -Test 0.1
    $model = New-DlLayer Flatten |
        New-DlLayer Dense 64 -Activation ReLU |
        New-DlLayer Dense 24 |
        New-DlModel -Name load

    $model | Invoke-DlTraining -Data $data -Epochs $Epochs -Patience 4 -Seed 1
    $model | Measure-DlModel -Data $data.Test

    $null = $model | Export-DlModel "$folder/load.dlmodel"
    Import-Csv "$folder/load.csv" |
        Invoke-DlPrediction -Model "$folder/load.dlmodel" -Horizon 48 |
        Select-Object @{ Name = 'Time'; Expression = { $_.Time.ToString('s') } }, Group, Prediction |
        Export-Csv $Csv
    Import-Csv $Csv | Select-Object -First 3
}
finally {
    Remove-Item $folder -Recurse
}

<#
.SYNOPSIS
    Routes help desk tickets to teams by their text, with an LSTM and a transformer.
.DESCRIPTION
    Generates messages to a help desk with typing errors and side remarks, writes them to a CSV file, as a ticket system
    would, and imports the file. Both networks are tested on unseen tickets; each result is an object. The LSTM is
    saved, and the saved model routes new tickets.
.EXAMPLE
    ./examples/ticket-routing.ps1
#>
param(
    # The CSV file for the epochs.
    [string] $Csv = 'ticket-routing.csv',

    [int] $Rows = 3000,

    [int] $Epochs = 4
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../DeepPS.psd1"

$folder = Join-Path ([IO.Path]::GetTempPath()) "deepps-example-$PID"
$null = New-Item -ItemType Directory $folder
try {
    New-DlDataset Tickets $Rows -Seed 7 | ConvertFrom-DlDataset | Export-Csv "$folder/tickets.csv"

    $data = Import-DlDataset "$folder/tickets.csv" -Label Team -Column @{ Text = 'Text' } |
        Split-DlDataset -Validation 0.1 -Test 0.2 -Seed 7
    $teams = $data.Plan.Label.Classes.Count

    # The embedding takes the number of words from the data. The token ids are the mask of the padding.
    $lstm = New-DlLayer Embedding 32 |
        New-DlLayer LSTM 32 -Bidirectional -From embedding1, input |
        New-DlLayer Dropout 0.3 |
        New-DlLayer Dense $teams | New-DlModel -Name lstm -Seed 7
    $transformer = New-DlLayer Embedding 32 |
        New-DlLayer PositionalEncoding |
        New-DlLayer TransformerEncoder 1 4 -FeedForward 64 -From positionalencoding1, input |
        New-DlLayer SequenceMean -From transformerencoder1, input |
        New-DlLayer Dense $teams | New-DlModel -Name transformer -Seed 7

    $records = foreach ($model in $lstm, $transformer) {
        $model | Invoke-DlTraining -Data $data -Epochs $Epochs -Optimizer Adam -LearningRate 0.005 -Seed 7 |
            Select-Object @{ Name = 'Model'; Expression = { $model.Name } }, *
    }
    $records | Export-Csv $Csv
    foreach ($model in $lstm, $transformer) {
        $model | Measure-DlModel -Data $data | Select-Object @{ Name = 'Model'; Expression = { $model.Name } }, *
    }

    $null = $lstm | Export-DlModel "$folder/routing.dlmodel"
    'my VPN connection drops every few minutes',
        'URGENT: invoice mail never reached the customer',
        'der Drucker (printer) does not turn on 😕' |
        ForEach-Object { [pscustomobject]@{ Text = $_ } } |
        Invoke-DlPrediction -Model "$folder/routing.dlmodel"
}
finally {
    Remove-Item $folder -Recurse
}

<#
.SYNOPSIS
    Measures predictions of a small classifier: objects a second, against ForEach-Object and scikit-learn, and rows a
    second from CSV file to CSV file, against pandas with scikit-learn.
.EXAMPLE
    dotnet pwsh -File bench/predictions.ps1 -Rounds 3
    Prints the best of three rounds on both sides, which run in turn.
#>
param(
    # Rows of the file. The first 200,000 are predicted as objects.
    [int] $Rows = 1000000,

    # Rounds; the best one counts.
    [int] $Rounds = 3,

    # A Python with pandas and scikit-learn.
    [string] $Python = (Test-Path /usr/bin/python3) ? '/usr/bin/python3' : 'python3',

    # A folder for the files.
    [string] $Folder = (Join-Path ([IO.Path]::GetTempPath()) deepps-predictions)
)
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot ../DeepPS.psd1)
$null = New-Item -ItemType Directory -Force $Folder
$file = Join-Path $Folder "table$Rows.csv"
if (-not (Test-Path $file)) {
    $random = [Random]::new(1)
    $writer = [IO.StreamWriter]::new($file)
    $writer.WriteLine('n1,n2,n3,n4,n5,n6,n7,colour,label')
    for ($row = 0; $row -lt $Rows; $row++) {
        $numbers = 1..7 | ForEach-Object { $random.NextDouble().ToString('0.0000', [cultureinfo]::InvariantCulture) }
        $colour = ('red', 'green', 'blue', 'grey')[$random.Next(4)]
        $label = [double]$numbers[0] + [double]$numbers[1] -gt 1 -and $colour -ne 'grey' ? 'yes' : 'no'
        $writer.WriteLine(($numbers -join ',') + ",$colour,$label")
    }
    $writer.Dispose()
}

$objects = @(Get-Content $file -TotalCount 200001 | ConvertFrom-Csv)
$model = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed 1 |
    Invoke-DlTraining ($objects[0..19999] | ConvertTo-DlDataset label) -Epochs 2 -Seed 1 -NoRecord -PassThru
$best = [ordered]@{}
function Add-Rate([string] $Name, [double] $Rate) {
    if (-not ($best[$Name] -gt $Rate)) { $best[$Name] = $Rate }
}
foreach ($round in 1..$Rounds) {
    Add-Rate 'ForEach-Object, objects' ($objects.Count /
        (Measure-Command { $objects | ForEach-Object { $_ } | Out-Null }).TotalSeconds)
    Add-Rate 'Invoke-DlPrediction, objects' ($objects.Count /
        (Measure-Command { $objects | Invoke-DlPrediction $model | Out-Null }).TotalSeconds)
    Add-Rate 'Invoke-DlPrediction, file to file' ($Rows / (Measure-Command {
                Invoke-DlPrediction $model -Path $file -OutFile (Join-Path $Folder ours.csv) | Out-Null
            }).TotalSeconds)
    foreach ($line in & $Python (Join-Path $PSScriptRoot sklearn_predictions.py) $file (Join-Path $Folder peer.csv)) {
        $name, $rate = $line -split '\t'
        Add-Rate $name ([double]$rate)
    }
}
foreach ($name in $best.Keys) {
    $other = $name -like '*file*' ? 'Invoke-DlPrediction, file to file' : 'Invoke-DlPrediction, objects'
    [pscustomobject]@{
        What = $name
        RowsPerSecond = [Math]::Round($best[$name])
        OursToThis = [Math]::Round($best[$other] / $best[$name], 2)
    }
}

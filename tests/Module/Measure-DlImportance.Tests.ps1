BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    # Load depends on Cpu alone; Noise is of no use.
    $random = [Random]::new(1)
    $rows = foreach ($i in 1..300) {
        $cpu = $random.NextDouble()
        [pscustomobject]@{
            Cpu = $cpu; Noise = $random.NextDouble(); Host = 'web', 'db', 'mail' | Get-Random -SetSeed $i
            Load = if ($cpu -gt 0.5) { 'high' } else { 'low' }
        }
    }
    $split = $rows | ConvertTo-DlDataset -Label Load | Split-DlDataset -Test 0.3 -Seed 1
    $model = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed 1
    $null = $model | Invoke-DlTraining $split -Epochs 15 -Optimizer (New-DlOptimizer Adam 0.02) -Seed 1
}

Describe 'Measure-DlImportance' {
    It 'finds the column that matters' {
        $found = $model | Measure-DlImportance $split -Seed 3
        $found.Column | Should -Be Cpu, Noise, Host
        ($found | Sort-Object Importance -Descending)[0].Column | Should -Be Cpu
        $found[0].Importance | Should -BeGreaterThan 0.3
        $found[0].Repeats | Should -Be 5
        $found[0].Baseline | Should -Be ($model | Measure-DlModel $split).Accuracy
        $found[1].Importance | Should -BeLessThan 0.1
        ($model | Measure-DlImportance $split -Seed 3).Importance | Should -Be $found.Importance
    }

    It 'takes names, wildcards, groups, metrics and a number of repeats' {
        $found = $model | Measure-DlImportance $split C*, noise -Metric Accuracy, LogLoss -Repeats 2
        $found.Column | Should -Be Cpu, Cpu, Noise, Noise
        $found.Metric | Should -Be Accuracy, LogLoss, Accuracy, LogLoss
        $found[1].Importance | Should -BeGreaterThan 0.1
        $found = $model | Measure-DlImportance $split -Group @{ Rest = 'Noise', 'H*' }
        $found.Column | Should -Be Rest, Cpu
    }

    It 'goes on to Export-Csv and prints as a table' {
        $model | Measure-DlImportance $split.Test -Count 50 | Export-Csv "$TestDrive/importance.csv"
        $back = Import-Csv "$TestDrive/importance.csv"
        $back | Should -HaveCount 3
        $back[0].PSObject.Properties.Name |
            Should -Be Column, Lag, Metric, Importance, Deviation, Baseline, Repeats
        $model | Measure-DlImportance $split | Out-String -Width 80 | Should -BeLike '*Column*Importance*Cpu*'
    }

    It 'takes raw rows' {
        ($model | Measure-DlImportance $rows -Column Cpu).Importance | Should -BeGreaterThan 0.3
    }

    It 'measures lags of a time series' {
        $series = New-DlDataset ServerLoad 200 -Seed 1 | ConvertTo-DlTimeSeries -Time Time -Value Load -Length 6
        $parts = $series | Split-DlDataset -Test 0.3
        $forecaster = New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel -Seed 1
        $null = $forecaster | Invoke-DlTraining $parts -Epochs 3 -Seed 1
        $lags = $forecaster | Measure-DlImportance $parts -Lag -Metric MAE
        $lags.Lag | Should -Be 6, 5, 4, 3, 2, 1
        ($forecaster | Measure-DlImportance $parts)[0].Column | Should -Be Load
        Assert-DlError { $model | Measure-DlImportance $split -Lag } NoSteps InvalidArgument 'sequence'
    }

    It 'gives a curve for a column of numbers or categories' {
        $curve = $model | Measure-DlImportance $split -Curve Cpu -PointCount 5
        $curve | Should -HaveCount 10
        $high = @($curve | Where-Object Class -eq high)
        $high[0].Prediction | Should -BeLessThan 0.2
        $high[-1].Prediction | Should -BeGreaterThan 0.8
        $hosts = $model | Measure-DlImportance $split -Curve Host
        ($hosts | Where-Object Class -eq low).Value | Should -Be db, mail, web
    }

    It 'shows how the bill of penguins matters' -Skip:(-not $SharedData) {
        $parts = Import-DlDataset "$SharedData/penguins.csv" -Label species |
            Split-DlDataset -Test 0.3 -Seed 1
        $birds = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Seed 1
        $null = $birds | Invoke-DlTraining $parts -Epochs 30 -Optimizer (New-DlOptimizer Adam 0.01) -Seed 1
        $found = $birds | Measure-DlImportance $parts -Group @{ bill = 'bill*' } -Column sex
        $found[0].Importance | Should -BeGreaterThan ($found[1].Importance + 0.1)
    }

    It 'says what is wrong' {
        Assert-DlError { $model | Measure-DlImportance $split Cpuu } ColumnNotFound ObjectNotFound 'Cpu'
        Assert-DlError { $model | Measure-DlImportance $split -Metric MAE } MetricLabel InvalidArgument MAE
        Assert-DlError { $model | Measure-DlImportance $split -Group @{ a = 5 } } InvalidGroup InvalidArgument Int32
        Assert-DlError { New-DlTestModel | Measure-DlImportance $split } ModelNotTrained InvalidOperation
        $digits = New-DlDataset Digits 40 -Seed 1
        $pictures = New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel
        $null = $pictures | Invoke-DlTraining $digits -Epochs 1
        Assert-DlError {
            $pictures | Measure-DlImportance $digits -Curve $digits.Columns[0].Name
        } CurveColumn InvalidArgument image
        $coder = New-DlLayer Dense 2 | New-DlModel
        $points = 1..20 | ForEach-Object { [pscustomobject]@{ X = $_; Y = $_ % 3 } } | ConvertTo-DlDataset
        $null = $coder | Invoke-DlTraining $points -Reconstruct -Epochs 1
        Assert-DlError { $coder | Measure-DlImportance $points -Curve X } CurveLabel InvalidArgument 'one number'
    }
}

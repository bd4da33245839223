BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $temperatures = "$SharedData/daily-min-temperatures.csv"
    $hasTemperatures = $SharedData -and (Test-Path $temperatures)
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $start = [datetime]::new(2024, 1, 1)

    # A sine with a period of one day, one object per hour; two hosts with different phases.
    function New-Row([int] $Count, [string[]] $HostName = 'a') {
        foreach ($hour in 0..($Count - 1)) {
            foreach ($name in $HostName) {
                [pscustomobject]@{
                    Time = $start.AddHours($hour)
                    Host = $name
                    Load = 50 + 20 * [Math]::Sin(2 * [Math]::PI * $hour / 24 + $HostName.IndexOf($name))
                    Users = 100 + $hour % 24
                }
            }
        }
    }

    function New-SineModel($Data, [int] $Horizon = 1) {
        New-DlLayer Flatten | New-DlLayer Dense $Horizon | New-DlModel |
            Invoke-DlTraining $Data -Optimizer NormalEquation -Epochs 1 -PassThru
    }
}

Describe 'ConvertTo-DlTimeSeries' {
    It 'makes windows of objects and of a dataset' {
        $windows = New-Row 50 | ConvertTo-DlTimeSeries Time Load -Length 24 -Horizon 2 -Name load
        $windows | Should -BeOfType DeepPS.Data.Dataset
        $windows.Count | Should -Be 25
        $windows.Name | Should -Be load
        $windows.Label.Name | Should -Be Load
        $windows.Columns.Name | Should -Be Time, Window, Load
        $server = New-DlDataset ServerLoad 400 -Seed 1 |
            ConvertTo-DlTimeSeries Time Load -Group Host -Feature Users -Length 12
        $server.Columns.Name | Should -Be Time, Host, Window, Load
        $server.Find('Window').Shape.ToString() | Should -Be 12x6
    }

    It 'gives windows as rows with their time' {
        $rows = New-Row 10 | ConvertTo-DlTimeSeries Time Load -Length 3 -Feature Users -Calendar None |
            ConvertFrom-DlDataset
        $rows.Count | Should -Be 7
        $rows[0].Time | Should -Be $start.AddHours(3)
        $rows[0].Window.Count | Should -Be 3
        $rows[0].Window[2][1] | Should -Be 102
        $rows[1].Load | Should -Be (New-Row 5)[4].Load
    }

    It 'prints the contents of a window' {
        New-Row 40 | ConvertTo-DlTimeSeries Time Load -Length 24 -Calendar Hour | Out-String |
            Should -BeLike '*16 rows*Window*24x3, steps of 1h: Load, time of the day*'
    }

    It 'reports its decisions with -Verbose' {
        $said = New-Row 60 | Where-Object { $_.Time.Hour -ne 7 } | Sort-Object Load |
            ConvertTo-DlTimeSeries Time Load -Length 5 -Verbose 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -BeLike '*sorted*step is 1h*filled*windows of 5 steps*'
    }

    It 'reads dates as text' {
        $rows = 1..9 | ForEach-Object { @{ Day = "2024-03-0$_"; Value = $_ } }
        (($rows | ConvertTo-DlTimeSeries Day Value -Length 3 -Frequency 1d).Columns[0])[0] |
            Should -Be ([datetime]'2024-03-04')
    }

    It 'reads an index as an index, and continues it' {
        foreach ($type in [double], [string]) {
            $rows = 1..3000 | ForEach-Object {
                [pscustomobject]@{ Step = $_ -as $type; Value = ($_ % 7 + 0.5) -as $type }
            }
            $said = $rows | ConvertTo-DlTimeSeries Step Value -Length 14 -Verbose 4>&1
            $windows = $said | Where-Object { $_ -is [DeepPS.Data.Dataset] }
            "$said" | Should -BeLike '*an index*'
            $windows.Count | Should -Be 2986
            $windows.Columns.Name | Should -Be Step, Window, Value
            $windows.Find('Step')[0] | Should -Be 15
            $windows.Find('Window').Shape.ToString() | Should -Be 14x1
        }
        $model = New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel
        $null = $model | Invoke-DlTraining ($windows | Split-DlDataset -Test 0.1) -Optimizer NormalEquation -NoRecord
        $file = "$TestDrive/index.dlmodel"
        $null = $model | Export-DlModel $file
        # Alone, these numbers look like years.
        $output = $rows[1985..2003] | Invoke-DlPrediction $file -Horizon 3
        $output.Time | Should -Be 2005, 2006, 2007
        $output.Prediction.ForEach{ [Math]::Round($_, 1) } | Should -Be (2005..2007).ForEach{ $_ % 7 + 0.5 }
        ($output | ConvertTo-Csv)[1] | Should -BeLike '"2005",*'
    }

    It 'shows the error for a missing property once, here and in predictions' {
        $model = New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel
        $null = $model | Invoke-DlTraining (New-Row 60 | ConvertTo-DlTimeSeries Time Load -Length 5) `
            -Optimizer NormalEquation -NoRecord
        $lacking = New-Row 60 | Select-Object Time
        foreach ($command in { $lacking | ConvertTo-DlTimeSeries Time Load -Length 5 },
            { $lacking | Invoke-DlPrediction $model }) {
            $output = & $command 2>&1 3>&1
            @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -HaveCount 1
            @($output | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }) |
                Should -BeLike "*have no property 'Load'*left out*"
        }
    }

    It 'takes a number as the frequency of an index' {
        $rows = 0..99 | ForEach-Object { [pscustomobject]@{ Step = $_; Value = $_ } }
        $windows = $rows | ConvertTo-DlTimeSeries Step Value -Length 3 -Frequency 5
        $windows.Find('Window').Plan.Step.ToString() | Should -Be 5
        $windows.Find('Window')[0].ForEach{ $_[0] } | Should -Be 2, 7, 12 -Because 'five rows of a step are averaged'
        $windows.Find('Step')[0] | Should -Be 15
        Assert-DlError {
            1..9 | ForEach-Object { @{ Day = "2024-03-0$_"; Value = $_ } } |
                ConvertTo-DlTimeSeries Day Value -Length 3 -Frequency 5
        } InvalidFrequency InvalidArgument 5d
    }

    It 'scales columns as -Column of Import-DlDataset says' {
        New-Row 60 | ForEach-Object { "$($_.Time.ToString('s')),$($_.Load),$($_.Load * 1000)" } |
            Set-Content "$TestDrive/scaled.csv"
        $options = @{ NoHeader = $true; Header = 'Time', 'Load', 'Bytes' }
        $windows = Import-DlDataset "$TestDrive/scaled.csv" @options -Column @{ Bytes = @{ Scaling = 'Log' } } |
            ConvertTo-DlTimeSeries Time Load -Length 5 -Feature Bytes
        ($windows | Split-DlDataset -Test 0.1).Plan.Columns[1].Encoder | Should -BeLike '*Bytes logarithm*'
        Assert-DlError {
            Import-DlDataset "$TestDrive/scaled.csv" @options -Column @{ Load = @{ Scaling = 'Log' } } |
                ConvertTo-DlTimeSeries Time Load -Length 5
        } InvalidColumnSetting InvalidArgument Load, -Log
    }

    It 'reads <Name> as points in time' -ForEach @(
        @{ Name = 'years'; First = 1990; By = 1; Start = [datetime]'1995-01-01' }
        @{ Name = 'seconds since 1970'; First = 1700000000; By = 3600; Start = [datetime]'2023-11-15T03:13:20' }
        @{ Name = 'days'; First = 20240501; By = 1; Start = [datetime]'2024-05-06' }
    ) {
        $rows = 0..19 | ForEach-Object { [pscustomobject]@{ When = $First + $_ * $By; Value = $_ } }
        (($rows | ConvertTo-DlTimeSeries When Value -Length 5).Columns[0])[0] | Should -Be $Start
    }

    It 'joins the parts of a time' {
        $rows = 0..99 | ForEach-Object {
            $time = ([datetime]'2024-02-28').AddHours($_)
            [pscustomobject]@{ Y = $time.Year; M = "$($time.Month)"; D = $time.Day; H = $time.Hour; Load = $_ % 24;
                Date = $time.ToString('yyyy-MM-dd'); Clock = $time.ToString('HH:mm'); Name = $time.ToString('MMM') }
        }
        foreach ($columns in ('Y', 'M', 'D', 'H'), ('Date', 'Clock'), ('Date', 'H'), ('Y', 'Name', 'D', 'H')) {
            $windows = $rows | ConvertTo-DlTimeSeries -Time $columns -Value Load -Length 24
            $windows.Columns.Name | Should -Be Time, Window, Load
            $windows.Columns[0][0] | Should -Be ([datetime]'2024-02-29')
            $windows.Columns[0][75] | Should -Be ([datetime]'2024-03-03T03:00')
        }
        $rows | Export-Csv "$TestDrive/parts.csv"
        $windows = Import-DlDataset "$TestDrive/parts.csv" |
            ConvertTo-DlTimeSeries -Time Y, M, D, H -Value Load -Length 24
        $windows.Count | Should -Be 76
        $model = New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel
        $null = $model | Invoke-DlTraining $windows -Optimizer NormalEquation -NoRecord
        $null = $model | Export-DlModel "$TestDrive/parts.dlmodel"
        $output = Import-Csv "$TestDrive/parts.csv" | Invoke-DlPrediction "$TestDrive/parts.dlmodel"
        $output.Time | Should -Be ([datetime]'2024-03-03T04:00')
        $rows[3].D = 33
        Assert-DlError {
            $rows[3] | ConvertTo-DlTimeSeries -Time Y, M, D, H -Value Load -Length 24
        } NotATime InvalidData "'Y', 'M', 'D', 'H'", '33'
    }

    It 'reads months of any century' {
        $rows = 0..30 | ForEach-Object {
            [pscustomobject]@{ Month = ([datetime]'1749-01-01').AddMonths($_).ToString('yyyy-MM'); Spots = $_ }
        }
        $rows | Export-Csv "$TestDrive/spots.csv"
        $windows = Import-DlDataset "$TestDrive/spots.csv" | ConvertTo-DlTimeSeries Month Spots -Length 12
        $windows.Columns[0][0] | Should -Be ([datetime]'1750-01-01')
        ($rows | ConvertTo-DlTimeSeries Month Spots -Length 12).Count | Should -Be 19
    }

    It 'is split by time' {
        $split = New-Row 200 a, b | ConvertTo-DlTimeSeries Time Load -Group Host -Length 10 -Horizon 3 |
            Split-DlDataset -Validation 0.2 -Test 0.2
        $last = ($split.Train | ConvertFrom-DlDataset).Time | Sort-Object | Select-Object -Last 1
        $first = ($split.Validation | ConvertFrom-DlDataset).Time | Sort-Object | Select-Object -First 1
        $last.AddHours(2) | Should -BeLessThan $first
        $split.Plan.Columns.Where{ $_.Name -eq 'Time' }.Role | Should -Be LeftOut
        $split.Plan.Series.Horizon | Should -Be 3
        $split.Method | Should -Be 'by the time of windows'
        (New-Row 200 | ConvertTo-DlTimeSeries Time Load -Length 10 | Split-DlDataset -Time Time -Test 0.2).Test.Count |
            Should -Be 38
    }

    It 'is split into folds that follow time, or into folds of groups' {
        $windows = New-Row 60 a, b, c | ConvertTo-DlTimeSeries Time Load -Group Host -Length 10
        $folds = @($windows | Split-DlDataset -Fold 3 -Validation 0.2)
        $folds.Count | Should -Be 3
        $folds.Train.Count | Should -Be ($folds.Train.Count | Sort-Object -Unique) -Because 'later folds train on more'
        Assert-DlError { $windows | Split-DlDataset -Fold 3 -Repeat 2 } InvalidFold InvalidArgument time
        ($windows | Split-DlDataset -Fold 3 -Group Host).ForEach{ $_.Test.Count } | Should -Be 50, 50, 50
    }

    It 'trains <Name>' -ForEach @(
        @{ Name = 'an LSTM'; Layers = { New-DlLayer LSTM 4 } }
        @{ Name = 'a convolution'; Layers = { New-DlLayer Permute 2, 1 | New-DlLayer Conv1d 4 -KernelSize 3 |
            New-DlLayer Flatten } }
        @{ Name = 'a transformer'; Layers = { New-DlLayer Dense 8 | New-DlLayer TransformerEncoder 1 2 -FeedForward 16 |
            New-DlLayer Flatten } }
        @{ Name = 'dense layers'; Layers = { New-DlLayer Flatten | New-DlLayer Dense 8 -Activation ReLU } }
    ) {
        $data = New-Row 80 | ConvertTo-DlTimeSeries Time Load -Length 8 -Horizon 2 | Split-DlDataset -Test 0.2
        $model = & $Layers | New-DlLayer Dense 2 | New-DlModel
        ($model | Invoke-DlTraining $data -Epochs 2 -Seed 1)[1].Loss | Should -BeLessThan 10
        ($model | Measure-DlModel $data).NaiveMAE | Should -BeGreaterThan 0
    }

    It 'refuses settings that cannot work' {
        $rows = New-Row 20
        Assert-DlError {
            $rows | ConvertTo-DlTimeSeries Time Load -Length 5 -Horizon 0
        } InvalidSeries InvalidArgument Horizon, 'got 0'
        Assert-DlError {
            $rows | ConvertTo-DlTimeSeries Time Load -Length 5 -Feature Load
        } InvalidSeries InvalidArgument twice
        Assert-DlError {
            $rows | ConvertTo-DlTimeSeries Time Load -Length 5 -Frequency daily
        } InvalidFrequency InvalidArgument 1d
        Assert-DlError { $rows | ConvertTo-DlTimeSeries Time Load -Length 20 } SeriesTooShort InvalidData '20 steps'
    }

    It 'refuses data that is no series' {
        $data = New-Row 20 | Select-Object @{ n = 'Load'; e = { $_.Load } }, Users | ConvertTo-DlDataset
        Assert-DlError {
            $data | ConvertTo-DlTimeSeries Time Load -Length 5
        } ColumnNotFound ObjectNotFound 'Load, Users'
        Assert-DlError {
            New-DlDataset ServerMetrics 20 | ConvertTo-DlTimeSeries Role Cpu -Length 5
        } NotATime InvalidData
        Assert-DlError {
            [pscustomobject]@{ Time = 'noon'; Load = 1 } | ConvertTo-DlTimeSeries Time Load -Length 5
        } NotATime InvalidData noon
        Assert-DlError {
            [pscustomobject]@{ Time = '2024-01-01' } | ConvertTo-DlTimeSeries Time Load -Length 5
        } ColumnNotFound ObjectNotFound Load
    }
}

Describe 'Invoke-DlPrediction -Horizon' {
    BeforeAll {
        $rows = New-Row 120 a, b
        $data = $rows | ConvertTo-DlTimeSeries Time Load -Group Host -Length 4 -Calendar None |
            Split-DlDataset -Test 0.2
        $model = New-SineModel $data
    }

    It 'continues each series' {
        $forecast = $rows | Invoke-DlPrediction $model -Horizon 24
        $forecast.Count | Should -Be 48
        $forecast[0] | Should -BeOfType DeepPS.Inference.Forecast
        ($forecast | ConvertTo-Csv)[0] | Should -Be '"Time","Group","Prediction"'
        $next = New-Row 144 a, b
        foreach ($step in $forecast) {
            $truth = $next.Where({ $_.Time -eq $step.Time -and $_.Host -eq $step.Group }, 'First')[0]
            [Math]::Abs($step.Prediction - $truth.Load) | Should -BeLessThan 0.2
        }
        $forecast[0..1] | Out-String | Should -BeLike '*Time*Group*Prediction*2024-01-06*a*'
    }

    It 'predicts from a model file, with times as text' {
        $path = Join-Path $TestDrive series.dlmodel
        $model | Export-DlModel $path
        $text = $rows | Select-Object @{ n = 'Time'; e = { $_.Time.ToString('s') } }, Host, Load
        $forecast = $text | Invoke-DlPrediction $path
        $forecast.Count | Should -Be 2
        $forecast.Prediction | Should -Be ($rows | Invoke-DlPrediction $model -Horizon 1).Prediction
    }

    It 'predicts each window of a dataset of windows' {
        $predictions = $data.Test | Invoke-DlPrediction $model
        $predictions.Count | Should -Be $data.Test.Count
        $predictions[0].PSObject.Properties.Name | Should -Be Row, Time, Host, Load, Prediction, Probability
    }

    It 'reports a series that is too short and predicts the others' {
        $few = $rows.Where{ $_.Host -eq 'a' -or $_.Time -gt $start.AddHours(117) }
        Assert-DlError { $few | Invoke-DlPrediction $model -Horizon 3 } SeriesTooShort InvalidData "'b' has 2 steps"
        ($few | Invoke-DlPrediction $model -Horizon 3 -ErrorAction Ignore).Count | Should -Be 3
    }

    It 'refuses no steps, rows without the columns, and a model of something else' {
        Assert-DlError { $rows | Invoke-DlPrediction $model -Horizon 0 } InvalidSeries InvalidArgument Horizon
        Assert-DlError { [pscustomobject]@{ Load = 1 } | Invoke-DlPrediction $model } ColumnNotFound ObjectNotFound Time
        $points = New-DlTrainedModel
        Assert-DlError {
            $rows | Invoke-DlPrediction $points -Horizon 3
        } NotATimeSeries InvalidOperation ConvertTo-DlTimeSeries
    }

    It 'measures the errors of simple forecasts next to the model''s' {
        $measured = $model | Measure-DlModel $data
        $measured.PSObject.Properties.Name |
            Should -Be Dataset, Count, Loss, MAE, RMSE, R2, NaiveMAE, SeasonalNaiveMAE, MASE
        $measured.NaiveMAE | Should -BeGreaterThan 1
        $measured.SeasonalNaiveMAE | Should -BeLessThan 1e-6
        $measured.MAE | Should -BeLessThan 0.01
    }
}

Describe 'Daily minimum temperatures' -Skip:(-not $hasTemperatures) -Tag Shared {
    It 'are predicted better than by the day before' {
        $data = Import-DlDataset "$SharedData/daily-min-temperatures.csv" |
            ConvertTo-DlTimeSeries Date Temp -Length 30 | Split-DlDataset -Validation 0.1 -Test 0.1
        $model = New-DlLayer Flatten | New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 1 | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining $data -Epochs 30 -Patience 5 -Optimizer (New-DlOptimizer AdamW 0.002) -Seed 1
        $measured = $model | Measure-DlModel $data
        $measured.Count | Should -Be 362
        $measured.MAE | Should -BeLessThan (0.95 * $measured.NaiveMAE)
        $measured.MAE | Should -BeLessThan $measured.SeasonalNaiveMAE
        $data.Plan.Series.Season | Should -Be 365
    }
}

Describe 'examples/forecast.ps1' {
    It 'measures a model and simple forecasts, and writes the forecast' {
        $csv = Join-Path $TestDrive forecast.csv
        $output = & "$PSScriptRoot/../../examples/forecast.ps1" -Csv $csv -Rows 3200 -Epochs 3
        $measured = $output | Where-Object { $_ -is [DeepPS.Inference.Evaluation] }
        $measured.MAE | Should -BeLessThan $measured.NaiveMAE
        $forecast = Import-Csv $csv
        $forecast.Count | Should -Be (4 * 48)
        ($forecast | Group-Object Group).Name | Should -Be server01, server02, server03, server04
        ([datetime]$forecast[1].Time - [datetime]$forecast[0].Time).TotalHours | Should -Be 1
    }
}

Describe 'A monthly series with a trend and a season' {
    BeforeAll {
        $random = [Random]::new(3)
        $months = foreach ($i in 0..143) {
            $season = 1 + 0.25 * [Math]::Sin(2 * [Math]::PI * $i / 12) + 0.1 * [Math]::Cos(4 * [Math]::PI * $i / 12)
            [pscustomobject]@{
                Month = [datetime]::new(1950, 1, 1).AddMonths($i)
                Sales = 100 * [Math]::Exp(0.01 * $i) * $season * (1 + 0.04 * ($random.NextDouble() - 0.5))
            }
        }
        $layers = @{
            LSTM = { New-DlLayer LSTM 16 | New-DlLayer Dense 12 }
            Dense = { New-DlLayer Flatten | New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 12 }
        }

        function Measure-Forecast([string] $Name, [hashtable] $Settings = @{}) {
            $split = $months | ConvertTo-DlTimeSeries Month Sales -Length 24 -Horizon 12 @Settings |
                Split-DlDataset -Test 0.25
            $model = & $layers[$Name] | New-DlModel -Seed 1
            $null = $model | Invoke-DlTraining $split -Epochs 100 -Optimizer (New-DlOptimizer Adam 0.005) -Seed 1
            $model | Measure-DlModel $split.Test
        }
    }

    It 'is forecast better than by the value of the year before, by default: <_>' -ForEach LSTM, Dense {
        $measured = Measure-Forecast $_
        $measured.MAE | Should -BeLessThan (0.7 * $measured.SeasonalNaiveMAE)
    }

    It 'is forecast better still with logarithms, or each window scaled by its past' {
        $plain = Measure-Forecast LSTM @{ Difference = 'None' }
        (Measure-Forecast LSTM @{ Log = $true }).MAE | Should -BeLessThan (0.5 * $plain.MAE)
        (Measure-Forecast LSTM @{ Scaling = 'Window' }).MAE | Should -BeLessThan (0.5 * $plain.MAE)
    }

    It 'is continued in its own units' {
        $windows = $months | ConvertTo-DlTimeSeries Month Sales -Length 24 -Horizon 12 -Log
        $model = & $layers.LSTM | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining $windows -Epochs 40 -Seed 1
        $forecast = @($months | Invoke-DlPrediction $model -Horizon 24)
        $forecast.Count | Should -Be 24
        $forecast.Prediction | ForEach-Object { $_ | Should -BeGreaterThan 200; $_ | Should -BeLessThan 1000 }
    }
}

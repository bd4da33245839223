BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlTrainedModel
}

Describe 'Measure-DlModel' {
    It 'measures with a dataset, or the test part of a split' {
        $evaluation = $model | Measure-DlModel $split.Test
        $evaluation | Should -BeOfType DeepPS.Inference.Evaluation
        $evaluation.Count | Should -Be $split.Test.Count
        $evaluation.Accuracy | Should -BeGreaterThan 0.8
        ($model | Measure-DlModel -Data $split).Accuracy | Should -Be $evaluation.Accuracy
    }

    It 'gives properties in a fixed order' {
        ($model | Measure-DlModel $split | ConvertTo-Csv)[0] | Should -Be '"Dataset","Count","Loss","Accuracy"'
    }

    It 'gives each class a property, and a confusion matrix of rows' {
        $evaluation = $model | Measure-DlModel $split -Metric Accuracy, ConfusionMatrix,
            (New-DlMetric F1 -Average PerClass), (New-DlMetric TopK 2), RocAuc
        $classes = $split.Plan.Label.Classes
        $evaluation.PSObject.Properties.Name |
            Should -Be (@('Dataset', 'Count', 'Loss', 'Accuracy') + $classes.ForEach{ "F1_$_" } + 'Top2', 'RocAuc',
            'ConfusionMatrix', 'ConfusionPair')
        $matrix = $evaluation.ConfusionMatrix
        $matrix.Class | Should -Be $classes
        $sum = 0
        foreach ($row in $matrix) { foreach ($class in $classes) { $sum += $row.$class } }
        $sum | Should -Be $evaluation.Count
        $hits = 0
        foreach ($row in $matrix) { $hits += $row.($row.Class) }
        $hits / $sum | Should -Be $evaluation.Accuracy
        ($matrix | ConvertTo-Csv)[0] | Should -Be ('"Class",' + ($classes.ForEach{ "`"$_`"" } -join ','))
        $lines = ($matrix | Out-String).Trim() -split '\r?\n'
        $lines | Should -HaveCount (2 + $classes.Count)
        $lines[0] | Should -Match ('^Class\s+' + ($classes -join '\s+') + '$')
        $lines.Length | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'exports the confusion matrix with a row for each pair of classes' {
        $evaluation = $model | Measure-DlModel $split -Metric ConfusionMatrix
        $classes = $split.Plan.Label.Classes
        $evaluation.ConfusionPair | Export-Csv "$TestDrive/confusion.csv"
        $pairs = @(Import-Csv "$TestDrive/confusion.csv")
        $pairs | Should -HaveCount ($classes.Count * $classes.Count)
        $pairs[0].PSObject.Properties.Name | Should -Be True, Predicted, Count, Fraction
        foreach ($row in $evaluation.ConfusionMatrix) {
            $own = @($pairs | Where-Object True -EQ $row.Class)
            foreach ($pair in $own) { [int] $pair.Count | Should -Be $row.($pair.Predicted) }
            $sum = ($own | Measure-Object Count -Sum).Sum
            foreach ($pair in $own) { [double] $pair.Fraction | Should -Be ([double] $pair.Count / $sum) }
        }
        ($evaluation.ConfusionPair | Out-String).Trim() | Should -Match '^True +Predicted +Count +Fraction'
    }

    It 'prints a confusion matrix with numbers for names that do not fit' {
        $rows = ($model | Measure-DlModel $split -Metric ConfusionMatrix).ConfusionMatrix
        $narrow = $rows.ForEach{ $_.Text(5) } -join "`n" -split '\r?\n'
        $narrow[0] | Should -Match '^Class +1 +2 +3$'
        $narrow[2] | Should -Match "^$($split.Plan.Label.Classes[0]) \(1\) "
        $narrow.Length | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'refuses a model that was not trained' {
        Assert-DlError { New-DlTestModel | Measure-DlModel $split } ModelNotTrained InvalidOperation Invoke-DlTraining
    }

    It 'refuses a class that was never seen in training' {
        $rows = @($split.Test | ConvertFrom-DlDataset)
        $rows[0].($split.Test.Label.Name) = 'Walrus'
        $data = $rows | ConvertTo-DlDataset -Label $split.Test.Label.Name -LabelKind Class
        Assert-DlError { $model | Measure-DlModel $data } UnknownClass InvalidData "'Walrus'"
    }

    It 'measures a reconstruction by the errors of its loss' {
        $data = 1..60 | ForEach-Object { [pscustomobject]@{ a = $_; b = 2 * $_ % 7; c = $_ % 3 } } | ConvertTo-DlDataset
        $coder = New-DlLayer Dense 1 | New-DlLayer Dense 3 | New-DlModel
        $null = $coder | Invoke-DlTraining $data -Reconstruct -Epochs 3 -Seed 1 -NoRecord
        $measured = $coder | Measure-DlModel $data
        [Math]::Abs($measured.RMSE * $measured.RMSE - $measured.Loss) | Should -BeLessThan 1e-5
        # The columns are standardised, so that their variance is 1.
        [Math]::Abs(1 - $measured.R2 - $measured.Loss) | Should -BeLessThan 1e-4
    }

    It 'refuses a metric for another kind of label' {
        Assert-DlError { $model | Measure-DlModel $split -Metric R2 } MetricLabel InvalidArgument R2
        $line = New-DlLayer Dense 1 | New-DlModel |
            Invoke-DlTraining (New-DlDataset Moons 40) -Loss Hinge -Epochs 1 -PassThru
        Assert-DlError {
            $line | Measure-DlModel (New-DlDataset Moons 40) -Metric LogLoss
        } MetricLoss InvalidArgument Hinge, probabilities
    }

    It 'refuses data that lacks a column, and a split without a test part' {
        $rows = $split.Test | ConvertFrom-DlDataset | Select-Object X1, ($split.Test.Label.Name)
        Assert-DlError {
            $model | Measure-DlModel ($rows | ConvertTo-DlDataset $split.Test.Label.Name)
        } ColumnNotFound ObjectNotFound X2
        Assert-DlError {
            $model | Measure-DlModel (New-DlDataset Blobs 50 | Split-DlDataset -Validation 0.1)
        } NoTestPart InvalidArgument '-Test'
    }
}

Describe 'Measure-DlModel of thresholds, raw data and runs' {
    BeforeAll {
        # One of five rows fails, so the default threshold finds few of them.
        $random = [Random]::new(7)
        $table = foreach ($i in 1..1500) {
            $x = $random.NextDouble() * 4 - 2
            [pscustomobject]@{ x = $x; room = ('a', 'b')[$i % 2]
                state = 1 / (1 + [Math]::Exp(3 - 1.5 * $x)) -gt $random.NextDouble() ? 'fails' : 'fine' }
        }
        $parts = $table | ConvertTo-DlDataset state | Split-DlDataset -Validation 0.3 -Test 0.3 -Seed 1
        $failing = New-DlLayer Dense 2 | New-DlModel -Seed 1 -Name failing |
            Invoke-DlTraining $parts -Epochs 15 -Optimizer (New-DlOptimizer Adam 0.02) -Seed 1 -PassThru `
                -RunPath "$TestDrive/runs"
        $test = @($parts.Test | ConvertFrom-DlDataset)

        # Precision, recall and F1 of a class, by hand.
        function Get-Binary($Rows, [string] $Class) {
            $hits = @($Rows | Where-Object { $_.state -eq $Class -and $_.Prediction -eq $Class }).Count
            $precision = $hits / @($Rows | Where-Object Prediction -EQ $Class).Count
            $recall = $hits / @($Rows | Where-Object state -EQ $Class).Count
            $precision, $recall, (2 * $precision * $recall / ($precision + $recall))
        }
    }

    It 'measures the positive class at a threshold' {
        $evaluation = $failing | Measure-DlModel $parts -Positive fails -Threshold 0.25 -NoRecord
        $evaluation.PSObject.Properties.Name | Should -Be Dataset, Count, Loss, Accuracy, Precision_fails, Recall_fails,
            F1_fails, Threshold
        $evaluation.Threshold | Should -Be 0.25
        $expected = Get-Binary ($test | Invoke-DlPrediction $failing -Positive fails -Threshold 0.25) fails
        foreach ($i in 0..2) {
            $evaluation.(('Precision_fails', 'Recall_fails', 'F1_fails')[$i]) - $expected[$i] |
                Should -BeLessThan 1e-9 -Because $i
        }
        $low = $failing | Measure-DlModel $parts -Positive fails -Threshold 0.1 -NoRecord
        $low.Recall_fails | Should -BeGreaterThan $evaluation.Recall_fails
    }

    It 'chooses the best threshold on the validation part, and the model keeps it' {
        $file = "$TestDrive/copy.dlmodel"
        $null = $failing | Export-DlModel $file
        $own = Import-DlModel $file
        $before = $own | Measure-DlModel $parts.Validation -Positive fails -Threshold 0.5
        $chosen = $own | Measure-DlModel $parts -Positive fails -BestThreshold F1
        $chosen.Dataset | Should -Be $parts.Test.Name
        $validation = $own | Measure-DlModel $parts.Validation
        $validation.Threshold | Should -Be $chosen.Threshold
        $validation.F1_fails | Should -BeGreaterThan $before.F1_fails
        foreach ($other in 0.05, 0.15, 0.25, 0.35, 0.45, 0.55) {
            ($own | Measure-DlModel $parts.Validation -Positive fails -Threshold $other).F1_fails |
                Should -BeLessOrEqual $validation.F1_fails
        }
        $null = $own | Export-DlModel $file
        $again = Import-DlModel $file
        $rows = @($test | Invoke-DlPrediction $again)
        (Get-Binary $rows fails)[2] - $chosen.F1_fails | Should -BeLessThan 1e-9
        $rows.Prediction | Should -Be ($test | Invoke-DlPrediction $own -Positive fails `
                -Threshold $chosen.Threshold).Prediction
        ($test | Invoke-DlPrediction $again -Threshold 0.5).Prediction |
            Should -Be ($test | Invoke-DlPrediction $failing).Prediction
        $null = $again | Invoke-DlTraining $parts -Epochs 1 -NoRecord
        ($again | Measure-DlModel $parts).Threshold | Should -BeNullOrEmpty -Because 'the weights are others'
    }

    It 'calibrates probabilities on the validation part' {
        # Large weights that do not change in training make a model too sure of itself.
        $sure = New-DlLayer Dense 2 -WeightInitializer (New-DlInitializer Normal 0 20) | New-DlModel -Seed 3 |
            Invoke-DlTraining $parts -Epochs 1 -Optimizer (New-DlOptimizer SGD 1e-30) -Seed 1 -NoRecord -PassThru
        $before = $sure | Measure-DlModel $parts -Metric CalibrationError, LogLoss, Accuracy
        $after = $sure | Measure-DlModel $parts -Calibrate -Metric CalibrationError, LogLoss, Accuracy
        $after.CalibrationError | Should -BeLessThan $before.CalibrationError
        $after.LogLoss | Should -BeLessThan $before.LogLoss
        $before.CalibrationError | Should -BeGreaterThan 0.1
        $after.Accuracy | Should -Be $before.Accuracy
        $null = $sure | Export-DlModel "$TestDrive/sure.dlmodel"
        ($test | Invoke-DlPrediction "$TestDrive/sure.dlmodel").Probability |
            Should -Be ($test | Invoke-DlPrediction $sure).Probability
    }

    It 'refuses a threshold without the parts or the class it needs' {
        $whole = $table | ConvertTo-DlDataset state | Split-DlDataset -Test 0.3 -Seed 1
        Assert-DlError { $failing | Measure-DlModel $whole -BestThreshold F1 } NoValidationPart InvalidArgument
        Assert-DlError { $failing | Measure-DlModel $parts -BestThreshold F1 -Threshold 1 } TwoThresholds `
            InvalidArgument
        Assert-DlError { $failing | Measure-DlModel $parts -Positive odd } ClassNotFound ObjectNotFound fine
        Assert-DlError { New-DlTrainedModel | Measure-DlModel (New-DlTestSplit) -Threshold 0.3 } NoPositiveClass `
            InvalidArgument
    }

    It 'takes raw rows and CSV files as well as datasets' {
        $expected = $failing | Measure-DlModel $parts.Test -NoRecord
        $test | Export-Csv "$TestDrive/test.csv"
        $sources = @{
            rows = $test; csv = Import-Csv "$TestDrive/test.csv"; path = "$TestDrive/test.csv"
            file = Get-Item "$TestDrive/test.csv"
            tables = $test.ForEach{ @{ x = $_.x; room = $_.room; state = $_.state } }
        }
        foreach ($name in $sources.Keys) {
            $evaluation = $failing | Measure-DlModel $sources[$name] -NoRecord
            $evaluation.Count | Should -Be $expected.Count -Because $name
            $evaluation.Accuracy | Should -Be $expected.Accuracy -Because $name
            [Math]::Abs($evaluation.Loss - $expected.Loss) | Should -BeLessThan 1e-6 -Because $name
        }
        Assert-DlError { $failing | Measure-DlModel ($test | Select-Object x, room) } ColumnNotFound `
            ObjectNotFound state
        Assert-DlError { $failing | Measure-DlModel 5 } NotADataset InvalidArgument Int32
    }

    It 'takes images and folders of them' {
        foreach ($i in 0..29) {
            $folder = New-Item -ItemType Directory -Force "$TestDrive/set/$($i % 2 ? 'dark' : 'light')"
            [IO.File]::WriteAllBytes("$folder/$i.pgm",
                [Text.Encoding]::ASCII.GetBytes("P5 3 2 255`n") + (, [byte](($i % 2 ? 20 : 200) + $i) * 6))
        }
        $data = Import-DlDataset "$TestDrive/set" -ImageSize 4 -ImageMode Grey
        $network = New-DlLayer Flatten | New-DlLayer Dense 2 | New-DlModel -Seed 1 |
            Invoke-DlTraining $data -Epochs 20 -Seed 1 -NoRecord -PassThru
        $expected = $network | Measure-DlModel $data
        foreach ($source in "$TestDrive/set", (Get-ChildItem "$TestDrive/set" -Recurse -File)) {
            $evaluation = $network | Measure-DlModel $source
            $evaluation.Count, $evaluation.Accuracy | Should -Be 30, $expected.Accuracy
        }
    }

    It 'writes the results into the record of the run' {
        $other = New-DlLayer Dense 4 -Activation Tanh | New-DlLayer Dense 2 | New-DlModel -Seed 2 -Name other |
            Invoke-DlTraining $parts -Epochs 2 -Metric F1 -RunPath "$TestDrive/runs" -PassThru
        $evaluation = $failing | Measure-DlModel $parts -Metric F1, Accuracy
        $runs = @(Get-DlRun "$TestDrive/runs")
        $runs | Should -HaveCount 2
        $mine = $runs.Where{ $_.Model -eq 'failing' }
        $mine.TestF1, $mine.TestAccuracy, $mine.TestLoss | Should -Be $evaluation.F1, $evaluation.Accuracy,
            $evaluation.Loss
        $compared = $runs | Compare-DlRun
        $compared[0].PSObject.Properties.Name | Should -Contain TestAccuracy
        $compared.Where{ $_.Name -eq $mine.Name }.TestAccuracy | Should -Be $evaluation.Accuracy
        $null = $other | Measure-DlModel $parts -NoRecord
        (Get-DlRun "$TestDrive/runs").Where{ $_.Model -eq 'other' }.TestAccuracy | Should -BeNullOrEmpty
        $null = $other | Measure-DlModel $parts
        (Get-DlRun "$TestDrive/runs").Where{ $_.Model -eq 'other' }.TestAccuracy | Should -Not -BeNullOrEmpty
        $null = Import-DlModel "$TestDrive/copy.dlmodel" | Measure-DlModel $parts.Validation -RunPath $mine.Path
        (Get-DlRun $mine.Path).TestCount | Should -Be $parts.Validation.Count
        Assert-DlError { $failing | Measure-DlModel $parts -RunPath "$TestDrive/nosuch" } NotARun ObjectNotFound
    }

    It 'gives all runs the same columns, and settings as plain values' {
        $lines = @(Get-DlRun "$TestDrive/runs" | ConvertTo-Csv)
        $rows = $lines | ConvertFrom-Csv
        foreach ($run in Get-DlRun "$TestDrive/runs") {
            $run.PSObject.Properties.Name | Should -Be $rows[0].PSObject.Properties.Name
        }
        $names = $rows[0].PSObject.Properties.Name
        $names | Should -Contain Layer2Units
        $names | Should -Contain Optimizer
        $rows[0].Optimizer | Should -Be Adam
        ($rows.Where{ $_.Model -eq 'failing' }).Layer1 | Should -Be Dense
        ($rows.Where{ $_.Model -eq 'failing' }).Layer2Units | Should -BeNullOrEmpty
        $lines -match '[{}]' | Should -BeNullOrEmpty
    }
}

# The figures and the predictions are of scikit-learn: golden/make_measured.py. The network passes its inputs on.
Describe 'Measure-DlModel against scikit-learn' {
    BeforeAll {
        $golden = Get-Content "$PSScriptRoot/golden/measured.json" -Raw | ConvertFrom-Json

        function Get-Passing([string] $Name, [double] $Gain = 1) {
            $data = Import-DlDataset "$PSScriptRoot/golden/measured-$Name.csv" -Label label -Scaling None
            $units = @($data.Columns | Where-Object Name -Like 'o*').Count
            $model = New-DlLayer Dense $units -WeightInitializer (New-DlInitializer Identity -Gain $Gain) `
                -BiasInitializer (New-DlInitializer Constant 0) | New-DlModel |
                Invoke-DlTraining $data -Epochs 1 -Optimizer (New-DlOptimizer SGD 1e-30) -NoRecord -PassThru
            $model, $data
        }

        function Test-Figures($Evaluation, $Figures) {
            foreach ($figure in $Figures.PSObject.Properties) {
                $value = $Evaluation.($figure.Name)
                $value | Should -Not -BeNullOrEmpty -Because $figure.Name
                [Math]::Abs($value - $figure.Value) | Should -BeLessThan 1e-6 -Because $figure.Name
            }
        }
    }

    It 'gives the same figures of <Name> predictions' -ForEach @(
        @{ Name = 'binary'; More = @('AveragePrecision', 'AveragePrecision:Macro') }
        @{ Name = 'multiclass'; More = @('TopK:2') }
    ) {
        $model, $data = Get-Passing $Name
        $metrics = @('Accuracy', 'LogLoss', 'MCC', 'Kappa', 'CalibrationError', 'RocAuc') + $More.ForEach{
            $type, $setting = $_ -split ':'
            $setting ? (New-DlMetric $type $setting) : (New-DlMetric $type)
        }
        Test-Figures ($model | Measure-DlModel $data -Metric $metrics) ($golden.$Name |
                Select-Object Loss, Accuracy, LogLoss, MCC, Kappa, CalibrationError, RocAuc)
        $seen = 7
        $further = @($Name -eq 'binary' ? 'AveragePrecision', 'AveragePrecisionMacro' : 'Top2')
        Test-Figures ($model | Measure-DlModel $data -Metric $metrics) ($golden.$Name | Select-Object $further)
        $seen += $further.Count
        foreach ($metric in 'Precision', 'Recall', 'F1') {
            foreach ($average in 'Auto', 'Macro', 'Micro', 'Weighted', 'PerClass') {
                $evaluation = $model | Measure-DlModel $data -Metric (New-DlMetric $metric -Average $average)
                $names = switch ($average) {
                    Auto { $metric }
                    PerClass { $data.Label.Levels.ForEach{ "${metric}_$_" } }
                    default { "$metric$average" }
                }
                Test-Figures $evaluation ($golden.$Name | Select-Object $names)
                $seen += @($names).Count
            }
        }
        $seen | Should -Be @($golden.$Name.PSObject.Properties).Count -Because 'each figure is compared'
    }

    It 'gives the same figures of regression predictions' {
        $model, $data = Get-Passing regression
        Test-Figures ($model | Measure-DlModel $data -Metric MAE, MSE, RMSE, R2, MAPE) $golden.regression
    }

    It 'gives the same figures at a threshold' {
        $model, $data = Get-Passing binary
        Test-Figures ($model | Measure-DlModel $data -Threshold 0.3 -Positive yes) $golden.threshold
    }
}

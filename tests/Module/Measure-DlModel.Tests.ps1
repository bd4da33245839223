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
            'ConfusionMatrix')
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

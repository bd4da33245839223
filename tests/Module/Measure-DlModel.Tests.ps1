BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $model = New-DlTrainedModel
}

Describe 'Measure-DlModel' {
    It 'measures with a dataset, or the test part of a split' {
        $evaluation = $model | Measure-DlModel $split.Test
        $evaluation | Should -BeOfType DeepPS.Evaluation
        $evaluation.Count | Should -Be $split.Test.Count
        $evaluation.Accuracy | Should -BeGreaterThan 0.8
        ($model | Measure-DlModel -Data $split).Accuracy | Should -Be $evaluation.Accuracy
    }

    It 'gives properties in a fixed order' {
        ($model | Measure-DlModel $split | ConvertTo-Csv)[0] | Should -Be '"Dataset","Count","Loss","Accuracy"'
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

    It 'refuses a metric for another kind of label' {
        Assert-DlError { $model | Measure-DlModel $split -Metric R2 } MetricLabel InvalidArgument R2
    }

    It 'refuses data that lacks a column, and a split without a test part' {
        $rows = $split.Test | ConvertFrom-DlDataset | Select-Object X1, ($split.Test.Label.Name)
        Assert-DlError { $model | Measure-DlModel ($rows | ConvertTo-DlDataset $split.Test.Label.Name) } ColumnNotFound ObjectNotFound X2
        Assert-DlError { $model | Measure-DlModel (New-DlDataset Blobs 50 | Split-DlDataset -Validation 0.1) } NoTestPart InvalidArgument '-Test'
    }
}

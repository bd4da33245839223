BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlMetric' {
    It 'makes a metric that training and measuring take, as they take names' {
        $metric = New-DlMetric Accuracy
        $metric | Should -BeOfType DeepPS.Objectives.Metric
        $model = New-DlTestModel
        ($model | Invoke-DlTraining (New-DlTestSplit) -Epochs 1 -Metric $metric).Accuracy | Should -BeGreaterThan 0
        ($model | Measure-DlModel -Data (New-DlTestSplit) -Metric $metric).Accuracy | Should -BeGreaterThan 0
    }

    It 'offers the nearest names for an unknown one' {
        Assert-DlError { New-DlMetric Acuracy } UnknownMetric ObjectNotFound Accuracy
    }
}

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlLoss' {
    It 'makes a loss with settings that training takes' {
        $loss = New-DlLoss CrossEntropy -LabelSmoothing 0.1
        $loss | Should -BeOfType DeepPS.Objectives.Loss
        $loss.LabelSmoothing | Should -Be 0.1
        $model = New-DlTestModel
        $null = $model | Invoke-DlTraining (New-DlTestSplit) -Epochs 1 -Loss $loss
        $model.Loss | Should -Be $loss
    }

    It 'offers the nearest names for an unknown one' {
        Assert-DlError { New-DlLoss CrosEntropy } UnknownLoss ObjectNotFound CrossEntropy
    }
}

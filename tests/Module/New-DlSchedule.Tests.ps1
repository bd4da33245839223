BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlSchedule' {
    It 'makes a schedule with settings' {
        $schedule = New-DlSchedule Step 5 0.5
        $schedule | Should -BeOfType DeepPS.Schedule
        $schedule.StepSize | Should -Be 5
        $schedule.Gamma | Should -Be 0.5
    }

    It 'changes the learning rate of a training' {
        $records = New-DlTestModel | Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 4 -LearningRate 0.01 -Schedule (New-DlSchedule Step 2 0.5)
        $records.LearningRate | Should -Be 0.01, 0.01, 0.005, 0.005
    }

    It 'completes names' { Get-DlCompletion 'New-DlSchedule Co' | Should -Be Constant, Cosine }

    It 'offers the nearest names for an unknown one' { Assert-DlError { New-DlSchedule Cosin } UnknownSchedule ObjectNotFound Cosine }
}

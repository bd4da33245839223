BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DlSchedule' {
    It 'makes a schedule with settings' {
        $schedule = New-DlSchedule Step 5 0.5
        $schedule | Should -BeOfType DeepPS.Training.Schedule
        $schedule.StepSize | Should -Be 5
        $schedule.Gamma | Should -Be 0.5
    }

    It 'changes the learning rate of a training' {
        $records = New-DlTestModel |
            Invoke-DlTraining -Data (New-DlTestSplit) -Epochs 4 -LearningRate 0.01 -Schedule (New-DlSchedule Step 2 0.5)
        $records.LearningRate | Should -Be 0.01, 0.01, 0.005, 0.005
    }

    It 'warms up before another schedule, by name, as an object or as a script block' {
        $rates = {
            param($after)
            $schedule = New-DlSchedule Warmup 2 -StartFactor 0 -After $after
            $options = @{ Epochs = 4; BatchSize = 90; LearningRate = 0.01; Schedule = $schedule }
            (New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) @options).LearningRate
        }
        & $rates Constant | Should -Be 0, 0.005, 0.01, 0.01
        & $rates (New-DlSchedule Step 1 0.1) | Should -Be 0, 0.005, 0.01, 0.001
        & $rates { param($step) 1 / (1 + $step) } | Should -Be 0, 0.005, 0.01, 0.005
    }

    It 'lowers the learning rate when the loss stays' {
        $schedule = New-DlSchedule ReduceOnPlateau 0.5 1 -Threshold 100 -ThresholdMode Absolute
        $records = New-DlTestModel |
            Invoke-DlTraining (New-DlTestSplit) -Epochs 6 -LearningRate 0.008 -Schedule $schedule
        $records.LearningRate | Should -Be 0.008, 0.008, 0.008, 0.004, 0.004, 0.002
    }

    It 'completes names' { Get-DlCompletion 'New-DlSchedule Co' | Should -Be Constant, Cosine, CosineRestarts }

    It 'offers the nearest names for an unknown one' { Assert-DlError {
        New-DlSchedule Cosin } UnknownSchedule ObjectNotFound Cosine
    }
}

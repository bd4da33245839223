BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
}

Describe 'Find-DlLearningRate' {
    It 'suggests a rate to train with, with its curve' {
        $sweep = New-DlTestModel | Find-DlLearningRate $split -BatchSize 16 -Optimizer SGD
        $sweep.Suggestion | Should -BeGreaterThan 1e-4
        $sweep.Suggestion | Should -BeLessThan $sweep.Minimum
        $sweep.Curve[0].LearningRate | Should -Be 1e-7
        $fast = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 3 -Optimizer SGD -LearningRate $sweep.Suggestion -NoRecord
        $slow = New-DlTestModel | Invoke-DlTraining $split -Epochs 3 -Optimizer SGD -LearningRate 1e-5 -NoRecord
        $fast[-1].Loss | Should -BeLessThan $slow[-1].Loss
    }

    It 'leaves the model untrained' {
        $model = New-DlTestModel
        $null = $model | Find-DlLearningRate $split
        $model.History.Count | Should -Be 0
        Assert-DlError { $split.Test | Invoke-DlPrediction $model } ModelNotTrained InvalidOperation
    }

    It 'refuses an optimizer without a learning rate, and a falling sweep' {
        Assert-DlError {
            New-DlTestModel | Find-DlLearningRate $split -Optimizer NormalEquation
        } OptimizerUse InvalidArgument NormalEquation
        Assert-DlError { New-DlTestModel | Find-DlLearningRate $split -From 1 -To 0.1 } InvalidSweep InvalidArgument
    }
}

Describe 'Invoke-DlTraining -DryRun' {
    It 'estimates a training and leaves the model unchanged' {
        $model = New-DlTestModel
        $estimate = $model | Invoke-DlTraining $split -Epochs 50 -DryRun
        $estimate.StepsPerEpoch | Should -Be ([Math]::Ceiling($split.Train.Count / 32))
        $estimate.Run | Should -BeGreaterThan ([TimeSpan]::Zero)
        $estimate.Memory | Should -BeGreaterThan 50MB
        $model.History.Count | Should -Be 0
    }
}

Describe 'Invoke-DlTraining -AsJob' {
    It 'trains in a job whose records stream' {
        $model = New-DlTestModel
        $job = $model | Invoke-DlTraining $split -Epochs 5 -Threads 1 -Seed 4 -NoRecord -AsJob
        $records = $job | Receive-Job -Wait -AutoRemoveJob
        $records.Epoch | Should -Be (1..5)
        $expected = New-DlTestModel | Invoke-DlTraining $split -Epochs 5 -Threads 1 -Seed 4 -NoRecord
        $records.Loss | Should -Be $expected.Loss
        $model.History.Count | Should -Be 5
    }

    It 'ends with a checkpoint when the job is stopped' {
        $folder = "$TestDrive/job"
        $job = New-DlTestModel | Invoke-DlTraining $split -Epochs 1000000 -CheckpointPath $folder -AsJob
        foreach ($i in 1..200) { if (Test-Path "$folder/epochs.csv") { break }; Start-Sleep -Milliseconds 100 }
        $job | Stop-Job -PassThru | Remove-Job
        foreach ($i in 1..100) { if ((Get-DlRun $folder).State -ne 'Running') { break }; Start-Sleep -Milliseconds 100 }
        (Get-DlRun $folder).State | Should -Be Cancelled
        Get-ChildItem $folder -Filter step-* | Should -Not -BeNullOrEmpty
    }

    It 'trains several models at once as one after the other' {
        $alone = 1..6 | ForEach-Object { (New-DlTestModel |
            Invoke-DlTraining $split -Epochs 3 -Seed $_ -Threads 1 -NoRecord).Loss[-1] }
        $together = 1..6 | ForEach-Object {
            New-DlTestModel |
                Invoke-DlTraining $split -Epochs 3 -Seed $_ -Threads 1 -NoRecord -AsJob
        } |
            ForEach-Object { , $_ } | ForEach-Object { ($_ | Receive-Job -Wait -AutoRemoveJob).Loss[-1] }
        $together | Should -Be $alone
    }
}

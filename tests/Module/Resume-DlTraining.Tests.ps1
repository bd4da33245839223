BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    function Get-TestPredictions($model) {
        $split.Test ?? $split.Validation | Invoke-DlPrediction -Model $model | ForEach-Object Probability
    }
}

Describe 'Checkpoints' {
    BeforeEach { $folder = "$TestDrive/$(New-Guid)" }

    It 'resumes in the middle of an epoch, and ends with the same weights' {
        $options = @{ Data = $split; Epochs = 4; Seed = 3; Threads = 1; NoRecord = $true }
        $whole = New-DlTestModel
        $expected = $whole | Invoke-DlTraining @options
        $first = New-DlTestModel |
            Invoke-DlTraining @options -CheckpointPath $folder -WarningAction SilentlyContinue -OnBatch {
            param($training) if ($training.TotalSteps -eq 9) { $training.Stop('Preempted', 'enough for now') }
        }
        $rest = New-DlTestModel
        $epochs = @($first) + @($rest |
            Invoke-DlTraining @options -CheckpointPath $folder -Resume -WarningAction SilentlyContinue)
        $epochs.Epoch | Should -Be $expected.Epoch
        $epochs.Loss | Should -Be $expected.Loss
        Get-TestPredictions $rest | Should -Be (Get-TestPredictions $whole)
    }

    It 'ends at a time limit with a warning, and continues with Resume-DlTraining' {
        $options = @{ Data = $split; Epochs = 400; Threads = 1 }
        $expected = New-DlTestModel | Invoke-DlTraining @options -NoRecord -PassThru
        $limited = @{ CheckpointPath = $folder; MaxTime = '00:00:00.2'; WarningAction = 'SilentlyContinue' }
        $first = @(New-DlTestModel | Invoke-DlTraining @options @limited -WarningVariable said)
        $first.Count | Should -BeLessThan 400
        $said | Should -BeLike '*time limit of 00:00:00.2*-Resume*'
        [DeepPS.Abstractions.RunOutcome]::ExitCode() | Should -Be 75
        $resumed = Resume-DlTraining $folder $split -PassThru
        [DeepPS.Abstractions.RunOutcome]::ExitCode() | Should -Be 0
        $resumed.History.Loss | Should -Be $expected.History.Loss
        Get-TestPredictions $resumed | Should -Be (Get-TestPredictions $expected)
        # Each epoch is in the record once.
        (Import-Csv "$folder/epochs.csv").Epoch | Should -Be (1..400)
        (Get-DlRun $folder).State | Should -Be Finished
    }

    It 'ends when a stop file appears' {
        $stop = "$TestDrive/stop-$(New-Guid)"
        $paths = @{ CheckpointPath = $folder; StopFile = $stop }
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 100000 @paths -WarningAction Ignore -OnEpoch {
            param($record) if ($record.Epoch -eq 3) { Set-Content $stop '' }
        }
        (Get-DlRun $folder).State | Should -Be Preempted
        (Get-DlRun $folder).Reason | Should -BeLike '*stop-*'
    }

    It 'refuses a stop file that exists, and takes no step' {
        $stop = "$TestDrive/stop-$(New-Guid)"
        Set-Content $stop ''
        $model = New-DlTestModel
        Assert-DlError {
            $model | Invoke-DlTraining $split -StopFile $stop -CheckpointPath $folder
        } StopFileExists InvalidOperation 'Delete it'
        $model.History | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
        Remove-Item $stop
        $null = $model | Invoke-DlTraining $split -Epochs 1 -StopFile $stop -CheckpointPath $folder
    }

    It 'stops where all checkpoints are damaged' {
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 3 -CheckpointPath $folder
        $files = Get-ChildItem $folder -Filter step-*
        $files | Set-Content -Value 'x'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Epochs 3 -CheckpointPath $folder -Resume 3>$null
        } NoCheckpoint ObjectNotFound 'all 3 are damaged'
        Assert-DlError { Resume-DlTraining $folder $split 3>$null } NoCheckpoint ObjectNotFound 'all 3 are damaged'
        Get-Content $files | Should -Be x, x, x
    }

    It 'refuses another training''s checkpoints' {
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -CheckpointPath $folder
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Epochs 2 -CheckpointPath $folder
        } CheckpointsExist InvalidOperation '-Resume'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Epochs 2 -CheckpointPath $folder -Resume -BatchSize 5
        } ResumeSettings InvalidArgument 'BatchSize 32 -> 5'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Resume
        } NoCheckpointPath InvalidArgument '-CheckpointPath'
        Assert-DlError { Resume-DlTraining "$TestDrive/nothing" $split } NoCheckpoint ObjectNotFound 'nothing'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -CheckpointPath "$folder-2" -CheckpointEvery often
        } InvalidInterval InvalidArgument 'often'
    }
}

Describe 'Callbacks' {
    It 'calls script blocks and ends when one returns $false' {
        $seen = [System.Collections.Generic.List[string]]::new()
        $begin = { param($training) $seen.Add("begin $($training.LastEpoch)") }
        $callback = New-DlCallback -OnBegin $begin -OnBatch { param($training) $seen.Add('batch') } -OnEpoch {
            param($record) $seen.Add("epoch $($record.Epoch)"); $record.Epoch -lt 2
        } -OnEnd { param($training, $end) $seen.Add("$end") }
        $records = New-DlTestModel | Invoke-DlTraining $split -Epochs 5 -BatchSize 1000 -NoRecord -Callback $callback
        $records | Should -HaveCount 2
        $seen | Should -Be 'begin 5', 'batch', 'epoch 1', 'batch', 'epoch 2', 'StoppedEarly'
        [DeepPS.Abstractions.RunOutcome]::ExitCode() | Should -Be 0
    }

    It 'turns an exception of a script block into an error' {
        { New-DlTestModel | Invoke-DlTraining $split -NoRecord -OnEpoch { throw 'not that' } -ErrorAction Stop } |
            Should -Throw '*not that*'
        [DeepPS.Abstractions.RunOutcome]::ExitCode() | Should -Be 1
    }
}

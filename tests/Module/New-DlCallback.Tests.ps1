BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $options = @{ Data = $split; BatchSize = 1000; Threads = 1; NoRecord = $true }
}

Describe 'New-DlCallback in a job' {
    It 'takes part there, and gets the session''s variables through $using:' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $last = 3
        $begin = { param($training) ($using:seen).Enqueue("begin $($training.LastEpoch)") }
        $callback = New-DlCallback -OnBegin $begin -OnEpoch {
            param($record) ($using:seen).Enqueue("epoch $($record.Epoch)"); $record.Epoch -lt $using:last # to here
        } -OnEnd { param($training, $end) ($using:seen).Enqueue("$end $($null -eq $last)") }
        $job = New-DlTestModel | Invoke-DlTraining @options -Epochs 9 -Callback $callback -AsJob
        $last = 5
        ($job | Receive-Job -Wait -AutoRemoveJob).Epoch | Should -Be 1, 2, 3
        $seen | Should -Be 'begin 9', 'epoch 1', 'epoch 2', 'epoch 3', 'StoppedEarly True'
    }

    It 'runs from a function, with -OnEpoch, -OnBatch and a schedule' {
        function Start-TestJob($rate) {
            $seen = [Collections.Concurrent.ConcurrentQueue[object]]::new()
            $options = $options + @{
                Epochs = 2; LearningRate = 1
                OnEpoch = { param($record) ($using:seen).Enqueue($record.LearningRate) }
                OnBatch = { param($training) ($using:seen).Enqueue('batch') }
                Callback = (New-DlCallback { ($using:seen).Enqueue('one') }),
                    (New-DlCallback { ($using:seen).Enqueue('two') })
                Schedule = { $using:rate }
            }
            New-DlTestModel | Invoke-DlTraining @options -AsJob | Receive-Job -Wait -AutoRemoveJob | Should -HaveCount 2
            $seen
        }
        Start-TestJob 0.25 | Should -Be 'batch', 0.25, 'one', 'two', 'batch', 0.25, 'one', 'two'
    }

    It 'takes a schedule with a script block within' {
        $factor = 0.5
        $schedule = New-DlSchedule Warmup -Steps 1 -After { $using:factor }
        $job = New-DlTestModel | Invoke-DlTraining @options -Epochs 3 -LearningRate 1 -Schedule $schedule -AsJob
        ($job | Receive-Job -Wait -AutoRemoveJob).LearningRate[-1] | Should -Be 0.5
    }

    It 'turns an exception of a script block into an error of the job' {
        $job = New-DlTestModel |
            Invoke-DlTraining @options -Epochs 3 -Callback (New-DlCallback { throw 'not that' }) -AsJob
        { $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop } | Should -Throw '*not that*'
    }

    It 'can be called in a thread job that somebody starts' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $model = New-DlTestModel
        $callback = New-DlCallback { param($record) $seen.Enqueue("epoch $($record.Epoch)") }
        $null = Start-ThreadJob {
            Import-Module $using:ManifestPath
            $seen = $using:seen
            $options, $model = $using:options, $using:model
            $model | Invoke-DlTraining @options -Epochs 2 -Callback $using:callback
        } | Receive-Job -Wait -AutoRemoveJob
        $seen | Should -Be 'epoch 1', 'epoch 2'
    }
}

Describe 'New-DlCallback -Unfreeze' {
    It 'trains the last layer first, and lets others join' {
        $model = New-DlTestModel
        $names = $model.Layers.Count
        $moved = [Collections.Generic.List[string]]::new()
        $first = @{}
        $note = New-DlCallback -OnBegin {
            param($training)
            foreach ($p in $training.Model.Network.Parameters) {
                $first[$p.Name] = $p.Value.detach().sum().item[single]()
            }
        } -OnEpoch {
            $now = foreach ($p in $model.Network.Parameters) {
                if ($p.Value.detach().sum().item[single]() -ne $first[$p.Name]) { ($p.Name -split '\.')[0] }
            }
            $moved.Add(($now | Select-Object -Unique) -join ' ')
        }
        $null = $model | Invoke-DlTraining @options -Epochs 2 -LayerDecay 0.5 -Callback $note, (
            New-DlCallback -Unfreeze -Group dense2, dense1)
        $moved | Should -Be 'dense2', 'dense1 dense2'
        $names | Should -Be $model.Layers.Count
    }

    It 'refuses names without a layer, and script blocks beside it' {
        $callback = New-DlCallback -Unfreeze -Group none*
        Assert-DlError { New-DlTestModel | Invoke-DlTraining @options -Callback $callback } LayerNotFound `
            ObjectNotFound 'none*'
        { New-DlCallback -Unfreeze -OnEpoch { } } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
        { New-DlTestModel | Invoke-DlTraining @options -LayerDecay 2 } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

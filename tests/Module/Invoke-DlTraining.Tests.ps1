BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
}

Describe 'Invoke-DlTraining' {
    It 'gives a record of each epoch and learns' {
        $model = New-DlTestModel
        $records = $model | Invoke-DlTraining -Data $split -Epochs 30 -Optimizer (New-DlOptimizer Adam 0.02)
        $records | Should -HaveCount 30
        $records[0] | Should -BeOfType DeepPS.Models.EpochRecord
        $records.Epoch | Should -Be (1..30)
        $records[-1].Loss | Should -BeLessThan $records[0].Loss
        $records[-1].ValidationAccuracy | Should -BeGreaterThan 0.8
        $model.History.Count | Should -Be 30
    }

    It 'has the same columns in each record, for Export-Csv' {
        New-DlTestModel | Invoke-DlTraining $split -Epochs 3 | Export-Csv "$TestDrive/run.csv"
        $lines = Get-Content "$TestDrive/run.csv"
        $lines | Should -HaveCount 4
        $lines[0] |
            Should -Be ('"Epoch","Loss","ValidationLoss","Accuracy","ValidationAccuracy","LearningRate","Seconds",' +
                '"SamplesPerSecond"')
    }

    It 'prints a line for each epoch' {
        New-DlTestModel | Invoke-DlTraining $split -Epochs 2 | Out-String |
            Should -BeLike '*Epoch*Loss*ValidationLoss*Accuracy*ValidationAccuracy*1 *2 *'
    }

    It 'gives the same numbers from the same seed' {
        $run = { (New-DlTestModel | Invoke-DlTraining $split -Epochs 3 -Seed 7 -Threads 1).Loss }
        & $run | Should -Be (& $run)
    }

    It 'lets each thread compute a part of a batch where that is faster, with the same numbers from the same seed' {
        $digits = New-DlDataset Digits 150 -Seed 1
        $run = {
            param($threads)
            $said = New-DlLayer Conv2d 64 5 -Activation ReLU | New-DlLayer Dropout2d 0.1 |
                New-DlLayer Conv2d 64 5 | New-DlLayer Flatten | New-DlLayer Dense 10 | New-DlModel -Seed 1 |
                Invoke-DlTraining $digits -Epochs 2 -Seed 7 -Threads $threads -NoRecord -Verbose 4>&1
            $verbose, $records = $said.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
            [pscustomobject]@{ Loss = $records.Loss; Shards = $verbose -like '*computes a shard of every batch*' }
        }
        $two = & $run 2
        $two.Shards | Should -HaveCount 1
        $two.Loss | Should -Be (& $run 2).Loss
        $two.Loss[1] | Should -BeLessThan $two.Loss[0]
        $one = & $run 1
        $one.Shards | Should -HaveCount 0
        $one.Loss[1] | Should -BeLessThan $one.Loss[0]
    }

    It 'passes the model on where asked' {
        New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -PassThru | Should -BeOfType DeepPS.Models.Model
    }

    It 'trains each model in the pipeline' {
        (New-DlTestModel), (New-DlTestModel) | Invoke-DlTraining $split -Epochs 2 | Should -HaveCount 4
    }

    It 'takes a dataset without parts' {
        $record = New-DlTestModel | Invoke-DlTraining $split.Train -Epochs 1
        $record.ValidationLoss | Should -BeNullOrEmpty
        $record.PSObject.Properties.Name | Should -Not -Contain ValidationAccuracy
    }

    It 'takes optimizer, loss, metrics and schedule by bare name' {
        $names = @{ Optimizer = 'sgd'; Loss = 'CrossEntropy'; Metric = 'Accuracy'; Schedule = 'Constant' }
        $record = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 @names -LearningRate 0.5
        $record.LearningRate | Should -Be 0.5
    }

    It 'predicts numbers with several metrics' {
        $rows = 1..200 | ForEach-Object { [pscustomobject]@{ a = $_; b = $_ % 7; y = 3.0 * $_ + 0.5 } }
        $data = $rows | ConvertTo-DlDataset y | Split-DlDataset -Validation 0.2
        $record = New-DlLayer Dense 1 | New-DlModel |
            Invoke-DlTraining $data -Epochs 40 -LearningRate 0.05 -Metric MAE, R2 | Select-Object -Last 1
        $record.ValidationR2 | Should -BeGreaterThan 0.9
    }

    It 'weights classes' {
        { New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -ClassWeight Balanced -ErrorAction Stop } |
            Should -Not -Throw
        $class = $split.Plan.Label.Classes[0]
        { New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -ClassWeight @{ $class = 3 } -ErrorAction Stop } |
            Should -Not -Throw
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -ClassWeight @{ nosuch = 3 }
        } UnknownClass InvalidArgument nosuch
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -ClassWeight High
        } ParameterArgumentTransformationError InvalidData Balanced
    }

    It 'lets rare classes come as often as others' {
        $rows = 1..200 | ForEach-Object { [pscustomobject]@{ x = $_ % 10 + 0.5; y = $_ % 10 ? 'common' : 'rare' } }
        $data = $rows | ConvertTo-DlDataset y
        $each, $balanced = 'Each', 'Balanced' | ForEach-Object {
            $model = New-DlLayer Dense 2 | New-DlModel -Seed 1
            $null = $model |
                Invoke-DlTraining $data -Epochs 5 -Sampling $_ -Seed 1 -Optimizer (New-DlOptimizer Adam 0.05)
            $rows | Invoke-DlPrediction -Model $model | Where-Object Prediction -EQ rare | Measure-Object |
                ForEach-Object Count
        }
        $balanced | Should -BeGreaterThan $each
        $numbers = $rows | ConvertTo-DlDataset x
        Assert-DlError {
            New-DlLayer Dense 1 | New-DlModel | Invoke-DlTraining $numbers -Sampling Balanced
        } InvalidSampling InvalidArgument "'x'"
    }

    It 'stops early' {
        $records = New-DlTestModel | Invoke-DlTraining $split -Epochs 50 -Patience 2 -MinimumDelta 100
        $records.Count | Should -BeLessThan 6
    }

    It 'learns a class at each place of a sequence' {
        $rows = 1..150 | ForEach-Object {
            $x = 1..4 | ForEach-Object { Get-Random -Maximum 6 }
            @{ x = $x; y = $x.ForEach{ $_ -gt 2 ? 'high' : 'low' } }
        }
        $model = New-DlLayer Reshape 4x1 | New-DlLayer Dense 8 -Activation Tanh | New-DlLayer Dense 2 |
            New-DlModel -Seed 1
        ($model | Invoke-DlTraining ($rows | ConvertTo-DlDataset y) -Epochs 40 -LearningRate 0.05)[-1].Accuracy |
            Should -BeGreaterThan 0.95
    }

    It 'learns its input without a label, or with -Reconstruct' {
        $digits = New-DlDataset Digits 80 -Seed 1
        $model = New-DlLayer Flatten | New-DlLayer Dense 16 | New-DlLayer Dense 784 | New-DlModel -Seed 1
        $records = @($model | Invoke-DlTraining $digits -Reconstruct -Epochs 4)
        $records[-1].MAE | Should -BeLessThan $records[0].MAE
        $model.Plan.Label.IsInput | Should -BeTrue
        $rows = 1..30 | ForEach-Object { @{ x = $_, (2 * $_), (3 * $_) } }
        $small = New-DlLayer Dense 1 | New-DlLayer Dense 3 | New-DlModel
        ($small | Invoke-DlTraining ($rows |
            ConvertTo-DlDataset) -Epochs 1 -WarningVariable doubt -WarningAction SilentlyContinue).Loss |
            Should -BeGreaterThan 0
        "$doubt" | Should -BeLike '*no label*-Reconstruct*'
        Assert-DlError {
            New-DlLayer Dense 2 | New-DlModel | Invoke-DlTraining $digits -Reconstruct
        } NoLabel InvalidArgument 'the input is 1x28x28, the output is 1x28x2'
    }

    It 'counts samples by their weights' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ % 2 ? 'odd' : 'even'; w = $_ % 2 ? 1 : 0 } }
        $model = New-DlLayer Dense 2 | New-DlModel -Seed 1
        $null = $model | Invoke-DlTraining ($rows | ConvertTo-DlDataset y -SampleWeight w) -Epochs 60 -LearningRate 0.1
        ($rows | Invoke-DlPrediction $model).Prediction | Sort-Object -Unique | Should -Be odd
    }

    It 'gives layers columns of their own' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ Curve = $_, ($_ % 5); Hour = $_ % 24; y = $_ / 3 } }
        $model = New-DlLayer Dense 4 -From Curve -Name a | New-DlLayer Dense 4 -From Hour -Name b |
            New-DlLayer Concat -From a, b | New-DlLayer Dense 1 | New-DlModel
        $null = $model | Invoke-DlTraining ($rows | ConvertTo-DlDataset y -LabelKind Number) -Epochs 1
        $model.Network.Inputs.Name | Should -Be Curve, Hour
        ($model | Out-String) | Should -BeLike '*inputs Curve 2, Hour 1*'
        ($rows[0] | Invoke-DlPrediction $model).Prediction | Should -BeOfType double
        Assert-DlError {
            New-DlLayer Dense 1 -From Curv | New-DlModel | Invoke-DlTraining ($rows | ConvertTo-DlDataset y)
        } UnknownInput InvalidArgument 'Did you mean Curve'
    }

    It 'refuses losses and metrics that do not go with label, outputs and one another' {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Loss Hinge
        } OutputShape InvalidArgument 'Loss Hinge', dense2, '3 classes'
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Loss Huber } LossLabel InvalidArgument Huber
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Metric ConfusionMatrix
        } MetricTable InvalidArgument Measure-DlModel
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Metric F1, F1 } DuplicateMetric InvalidArgument F1
    }

    It 'stops early by the value of a class' {
        $recall = New-DlMetric Recall -Average PerClass
        $monitor = "ValidationRecall_$($split.Plan.Label.Classes[0])"
        $records = @(New-DlTestModel |
            Invoke-DlTraining $split -Epochs 200 -LearningRate 0.05 -Metric $recall -Patience 2 -Monitor $monitor)
        $records.Count | Should -BeLessThan 200
    }

    It 'reports its decisions with -Verbose' {
        New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Verbose 4>&1 | Out-String |
            Should -BeLike '*CrossEntropy*Adam*'
    }

    It 'takes a script block of the step as a schedule, with the session around it' {
        $top = 2
        $seen = [Collections.Generic.List[object]]::new()
        $schedule = {
            param($step, $stepsPerEpoch, $totalSteps)
            $seen.Add("$step of $totalSteps, $stepsPerEpoch")
            $top - $step / $totalSteps
        }
        $records = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 2 -BatchSize 45 -LearningRate 0.01 -Schedule $schedule
        $records.LearningRate | ForEach-Object { [Math]::Round($_, 6) } | Should -Be 0.0175, 0.0125
        $seen | Should -Be '0 of 4, 2', '1 of 4, 2', '2 of 4, 2', '3 of 4, 2'
    }

    It 'ends with an error of a script block, or about its result' {
        Assert-DlError {
            New-DlTestModel |
                Invoke-DlTraining $split -Schedule { throw 'not today' }
        } 'not today' OperationStopped 'not today'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Schedule { 'fast' }
        } ScheduleResult InvalidArgument "'fast'"
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Schedule { }
        } ScheduleResult InvalidArgument 'step 0'
    }

    It 'stops within a second while a script block computes the schedule' {
        $model = New-DlTestModel
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $model | Invoke-DlTraining $split -Epochs 1000000 -Schedule { 1 } | Select-Object -First 2 | Should -HaveCount 2
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        ($model | Measure-DlModel $split).Count | Should -Be $split.Test.Count
    }

    It 'clips gradients, accumulates batches and averages weights' {
        $loss = { param($options) (New-DlTestModel |
            Invoke-DlTraining $split -Epochs 3 -NoShuffle -Threads 1 -Optimizer SGD @options).Loss[-1] }
        $plain = & $loss @{ BatchSize = 30 }
        & $loss @{ BatchSize = 15; AccumulateSteps = 2 } | ForEach-Object { [Math]::Abs($_ - $plain) } |
            Should -BeLessThan 1e-5
        & $loss @{ BatchSize = 30; ClipNorm = 1e-3 } | Should -BeGreaterThan $plain
        & $loss @{ BatchSize = 30; ClipValue = 1e-4 } | Should -BeGreaterThan $plain
        $validation = { param($options) (New-DlTestModel |
            Invoke-DlTraining $split -Epochs 3 -Optimizer SGD -LearningRate 0.1 @options).ValidationLoss[-1] }
        & $validation @{ AverageDecay = 0.9 } | Should -BeGreaterThan (& $validation @{})
    }

    It 'refuses limits that leave nothing' {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -ClipNorm 0
        } ParameterArgumentValidationError InvalidData ClipNorm
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -AccumulateSteps 0
        } ParameterArgumentValidationError InvalidData AccumulateSteps
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -AverageDecay 1.5
        } ParameterArgumentValidationError InvalidData AverageDecay
    }

    It 'refuses a model''s training before anything has changed' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ x = $_; y = 2 * $_; w = $_ } }
        $weighted = $rows | ConvertTo-DlDataset y -LabelKind Number -SampleWeight w
        $numbers = $rows | ConvertTo-DlDataset y -LabelKind Number -Property x
        $refusals = @{
            OptimizerUse = @{ Data = $weighted; Optimizer = 'NormalEquation' }
            ClassWeights = @{ Data = $numbers; ClassWeight = 'Balanced' }
            UnknownMonitor = @{ Data = $numbers; Patience = 2; Monitor = 'Banana' }
            MetricLabel = @{ Data = $numbers; Metric = 'Accuracy' }
            AugmentationUse = @{ Data = $numbers; Augmentation = 'Flip' }
            UnknownSignal = @{ Data = $numbers; StopSignal = 'SIGBANANA' }
        }
        foreach ($id in $refusals.Keys) {
            $options = $refusals[$id]
            $model = New-DlLayer Dense 1 | New-DlModel
            $written = @(Get-DlError { $model | Invoke-DlTraining @options -NoRecord })
            $written | Should -HaveCount 1
            Assert-DlError { $rows | Invoke-DlPrediction $model } ModelNotTrained InvalidOperation
            $model.InputShape, $model.Plan, $model.Loss | Should -Be $null, $null, $null -Because $id
            $null = $model | Invoke-DlTraining $numbers -Epochs 2 -NoRecord
            $before = ($rows | Invoke-DlPrediction $model).Prediction
            $written = @(Get-DlError { $model | Invoke-DlTraining @options -NoRecord })
            $written | Should -HaveCount 1
            ($rows | Invoke-DlPrediction $model).Prediction | Should -Be $before
        }
    }

    It 'refuses a value to monitor before the first epoch' {
        $epochs = [Collections.Generic.List[int]]::new()
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Patience 1 -Monitor Banana -OnEpoch { $epochs.Add(1) }
        } UnknownMonitor InvalidArgument 'Banana', 'Loss, ValidationLoss, Accuracy, ValidationAccuracy'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split.Train -Patience 1 -Monitor ValidationLoss
        } UnknownMonitor InvalidArgument 'Available: Loss, Accuracy.'
        $epochs | Should -BeNullOrEmpty
        $null = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 1 -Monitor Accuracy -WarningVariable said -WarningAction Ignore
        $said | Should -BeLike '-Monitor*-Patience*'
    }

    It 'knows the values of every metric before the first epoch' {
        $metrics = (Get-DlCatalog Metric).Name | Where-Object { $_ -ne 'ConfusionMatrix' }
        $known = 0
        foreach ($metric in $metrics) {
            $name = try { (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Metric $metric -ErrorAction Stop).
                PSObject.Properties.Name | Where-Object { $_ -like "$metric*" } | Select-Object -First 1 } catch { }
            if (-not $name) { continue }
            New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Metric $metric -Patience 1 -Monitor $name |
                Should -HaveCount 1
            $known++
        }
        $known | Should -BeGreaterThan 5
    }

    It 'refuses an empty <_>' -ForEach CheckpointPath, RunPath, StopFile, StopSignal, CheckpointEvery, Monitor, Device {
        $empty = @{ $_ = '' }
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split @empty
        } ParameterArgumentValidationError InvalidData $_
        $null = @{ $_ = $null } | Set-Variable empty
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split @empty
        } ParameterArgumentValidationError InvalidData $_
    }

    It 'takes $null for none, also in a list' {
        $plain = (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Seed 1 -NoRecord).Loss
        foreach ($name in 'Augmentation', 'Callback', 'ClassWeight', 'Schedule', 'Metric', 'OnEpoch', 'MaxTime') {
            $none = @{ $name = $null }
            (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Seed 1 -NoRecord @none).Loss | Should -Be $plain
        }
        foreach ($name in 'Augmentation', 'Callback', 'Metric') {
            $none = @{ $name = @($null) }
            (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -Seed 1 -NoRecord @none).Loss | Should -Be $plain
        }
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Optimizer $null
        } ParameterArgumentValidationError InvalidData Optimizer
    }

    It 'reads a time limit, and refuses <_>' -ForEach '-1s', 0, 8, '8', '5 weeks', '3epoch', '-01:00:00' {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -MaxTime $_
        } ParameterArgumentTransformationError InvalidData '8h', "'$_'"
        foreach ($time in '8h', '90 s', '1.5min', '1.02:00:00', '00:10', [timespan]::FromHours(1)) {
            New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -MaxTime $time -NoRecord | Should -HaveCount 1
        }
        # PowerShell takes 90s for a number.
        New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -MaxTime 90s -NoRecord | Should -HaveCount 1
    }

    It 'takes every sample in steps that are larger than the data' {
        $whole = (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -BatchSize 1000 -NoRecord).Loss
        (New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -BatchSize ([int]::MaxValue) -NoRecord).Loss |
            Should -Be $whole
    }

    It 'refuses a label of one class' {
        $one = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; y = 'same' } } | ConvertTo-DlDataset y
        Assert-DlError {
            New-DlLayer Dense 2 | New-DlModel | Invoke-DlTraining $one
        } OneClass InvalidData "'y'", "'same'"
    }

    It 'completes names' {
        Get-DlCompletion '$m | Invoke-DlTraining -Optimizer Adam' | Should -Be Adam, AdamW, Adamax
        Get-DlCompletion '$m | Invoke-DlTraining -Loss MS' | Should -Be MSE
        Get-DlCompletion '$m | Invoke-DlTraining -Metric Acc' | Should -Be Accuracy
        Get-DlCompletion '$m | Invoke-DlTraining -Device cu' | Should -Be cuda
    }

    It 'streams: the first record comes before the last epoch, and the rest is not trained' {
        $model = New-DlTestModel
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $model | Invoke-DlTraining $split -Epochs 1000000 | Select-Object -First 2 | Should -HaveCount 2
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        ($model | Measure-DlModel $split).Count | Should -Be $split.Test.Count
    }

    It 'stops within a second and leaves the model usable' {
        $model = New-DlTestModel
        $shell = [powershell]::Create()
        $null = $shell.AddScript({ param($path, $model, $split) Import-Module $path; $model |
            Invoke-DlTraining $split -Epochs 1000000 }).
            AddArgument($ManifestPath).AddArgument($model).AddArgument($split)
        $running = $shell.BeginInvoke()
        while ($model.History.Count -lt 3) { Start-Sleep -Milliseconds 20 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $running.IsCompleted | Should -BeTrue
        $shell.Dispose()
        $epochs = $model.History.Count
        Start-Sleep -Milliseconds 200
        $model.History.Count | Should -Be $epochs
        ($model | Measure-DlModel $split).Loss | Should -BeGreaterThan 0
    }

    It 'shows progress with percent and a completed record, ten times a second at most' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({ param($path, $model, $split) Import-Module $path; $model |
            Invoke-DlTraining $split -Epochs 2000 }).
            AddArgument($ManifestPath).AddArgument((New-DlTestModel)).AddArgument($split)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = $shell.Invoke()
        $seconds = $watch.Elapsed.TotalSeconds
        $progress = $shell.Streams.Progress.ReadAll() | Where-Object Activity -like 'Training*'
        $shell.Dispose()
        $progress.Count | Should -BeGreaterThan 1
        $progress.Count | Should -BeLessOrEqual (10 * $seconds + 1)
        $progress[-1].RecordType | Should -Be Completed
        $progress[0].PercentComplete | Should -BeIn (0..100)
        $progress[0].StatusDescription | Should -BeLike 'Epoch * of 2000'
    }

    It 'stops at a loss that is no number, says where, and keeps the last good weights' {
        $model = New-DlTestModel
        $null = $model | Invoke-DlTraining $split -Epochs 2
        Assert-DlError {
            $model | Invoke-DlTraining $split -Epochs 5 -Optimizer SGD -LearningRate 1e30
        } LossNotFinite InvalidResult 'epoch', 'batch'
        [double]::IsFinite(($model | Measure-DlModel $split).Loss) | Should -BeTrue
    }

    It 'stops at a validation that is no number, or goes back and on more slowly' {
        $data = 0..255 | ForEach-Object { [pscustomobject]@{ x = $_ / 64; y = [Math]::Sin($_ / 20) } } |
            ConvertTo-DlDataset y |
            Split-DlDataset -Validation 0.2 -Seed 1
        # One step per epoch: divergence shows in the validation first.
        $options = @{
            Data = $data; Epochs = 30; BatchSize = 1000; Optimizer = 'SGD'; LearningRate = 60
            NoRecord = $true
        }
        $model = New-DlLayer Dense 1 | New-DlModel -Seed 3
        Assert-DlError {
            $model | Invoke-DlTraining @options
        } LossNotFinite InvalidResult 'validation loss', 'epoch', 'keeps its parameters'
        [double]::IsFinite(($model | Measure-DlModel $data.Validation).Loss) | Should -BeTrue
        $records = New-DlLayer Dense 1 | New-DlModel -Seed 3 |
            Invoke-DlTraining @options -OnDivergence Recover -WarningVariable said -WarningAction Ignore
        $records.Epoch | Should -Be (1..30)
        $said[0] | Should -BeLike 'The validation loss became*learning rate times 0.5*'
        [double]::IsFinite($records[-1].ValidationLoss) | Should -BeTrue
    }

    It 'refuses cuda on a machine without it' -Skip:$HasNvidia {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Device cuda
        } DeviceNotAvailable ResourceUnavailable '-Device cpu'
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Device gpu } UnknownDevice InvalidArgument "'gpu'"
    }

    It 'says which layer cannot work on the data' {
        Assert-DlError {
            New-DlLayer Conv2d 4 3 | New-DlLayer Dense 3 | New-DlModel | Invoke-DlTraining $split
        } LayerShape InvalidArgument conv2d1
        Assert-DlError {
            New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $split
        } OutputShape InvalidArgument '3 outputs'
    }

    It 'refuses objects that are no data, and data without a label' {
        Assert-DlError { New-DlTestModel | Invoke-DlTraining 5 } NotADataset InvalidArgument Int32
        $unlabelled = $split.Train | ConvertFrom-DlDataset | ConvertTo-DlDataset
        Assert-DlError {
            New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $unlabelled
        } NoLabel InvalidArgument '-Label'
    }

    It 'continues with the next model after one that fails' {
        $output = (New-DlLayer Dense 7 | New-DlModel), (New-DlTestModel) |
            Invoke-DlTraining $split -Epochs 1 -ErrorVariable problem -ErrorAction SilentlyContinue
        $output | Should -HaveCount 1
        $problem | Should -HaveCount 1
        $problem.TargetObject | Should -BeOfType DeepPS.Models.Model
    }

    It 'honours -ErrorAction Stop' {
        { New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $split -ErrorAction Stop } |
            Should -Throw -ErrorId 'OutputShape,*'
    }

    It 'learns from teachers, and from the layers of one' {
        $teacher, $other = (New-DlTrainedModel), (New-DlTrainedModel)
        $file = "$TestDrive/teacher.dlmodel"
        $null = $other | Export-DlModel $file
        $student = New-DlLayer Dense 8 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel -Seed 2
        $options = @{ Teacher = $teacher, $file; Temperature = 2; TeacherWeight = 1; Hint = @{ dense1 = 'dense1' } }
        $record = $student | Invoke-DlTraining $split -Epochs 20 -Optimizer (New-DlOptimizer Adam 0.02) @options `
            -ErrorAction Stop | Select-Object -Last 1
        $record.ValidationAccuracy | Should -BeGreaterThan 0.8
        $student | Invoke-DlTraining $split -Epochs 1 -Teacher $teacher -AsJob | Receive-Job -Wait -AutoRemoveJob |
            Should -HaveCount 1
        ($student | Invoke-DlTraining $split -Teacher $teacher -DryRun).StepsPerEpoch | Should -BeGreaterThan 0
    }

    It 'refuses teachers that cannot teach' {
        $teacher = New-DlTrainedModel
        Assert-DlError { $teacher | Invoke-DlTraining $split -Teacher $teacher } OwnTeacher InvalidArgument 'its own'
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Teacher (New-DlTestModel) } ModelNotTrained `
            InvalidOperation
        Assert-DlError { New-DlTestModel | Invoke-DlTraining $split -Temperature 3 } NoTeacher InvalidArgument -Teacher
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining $split -Teacher $teacher -Hint @{ dense1 = 'dense9' }
        } HintLayer ObjectNotFound 'no layer ''dense9'''
        $narrow, $wide = 2, 8 | ForEach-Object { New-DlLayer Dense $_ | New-DlLayer Dense 2 | New-DlModel -Seed 1 }
        $points = 1..20 | ForEach-Object { [pscustomobject]@{ X = $_; Y = $_ % 3 } } | ConvertTo-DlDataset
        $null = $wide | Invoke-DlTraining $points -Reconstruct -Epochs 1
        Assert-DlError { $narrow | Invoke-DlTraining $points -Reconstruct -Teacher $wide } DistillationLabel `
            InvalidArgument 'is the input'
    }

    It 'takes no hints where a network forecasts changes' {
        $series = 1..60 | ForEach-Object { [pscustomobject]@{ Day = $_; Value = [Math]::Sin($_) + $_ } } |
            ConvertTo-DlTimeSeries Day Value -Length 5 -Difference 1
        $teacher, $student = 1, 2 | ForEach-Object { New-DlLayer Flatten | New-DlLayer Dense 1 | New-DlModel -Seed $_ }
        $null = $teacher | Invoke-DlTraining $series -Epochs 1
        $null = $student | Invoke-DlTraining $series -Epochs 1 -Teacher $teacher -ErrorAction Stop
        Assert-DlError {
            $student | Invoke-DlTraining $series -Epochs 1 -Teacher $teacher -Hint @{ dense1 = 'dense1' }
        } HintSeries InvalidArgument -Hint
    }

    It 'resumes with its teacher only' {
        $checkpoints = @{ CheckpointPath = "$TestDrive/taught"; Teacher = New-DlTrainedModel }
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 2 @checkpoints
        Assert-DlError { Resume-DlTraining "$TestDrive/taught" -Data $split } ResumeDistillation InvalidOperation `
            -Teacher
        New-DlTestModel | Invoke-DlTraining $split -Epochs 3 @checkpoints -Resume | Should -HaveCount 1
    }

    It 'learns real data as it is' -Skip:(-not $SharedData) {
        $data = Import-DlDataset "$SharedData/penguins_raw.csv" -Label Species |
            Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1
        $model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 3 | New-DlModel
        $null = $model | Invoke-DlTraining -Data $data -Epochs 20 -Optimizer Adam
        ($model | Measure-DlModel -Data $data.Test).Accuracy | Should -BeGreaterThan 0.9
    }
}

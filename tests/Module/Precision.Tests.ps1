BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $info = Get-Content /proc/cpuinfo -ErrorAction Ignore
    $fastOrUnknown = -not $info -or $info -match 'avx512_bf16|amx_bf16|aarch64'
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    # On a processor without bfloat16 a training warns that it is slow.
    $WarningPreference = 'SilentlyContinue'
    $split = New-DlTestSplit
    $options = @{ Data = $split; Epochs = 10; Seed = 3; Threads = 1; NoRecord = $true }
}

Describe 'Invoke-DlTraining -Precision' {
    It 'learns as well in <_>, from other numbers' -ForEach BFloat16, Mixed {
        $exact = New-DlTestModel | Invoke-DlTraining @options
        $reduced = New-DlTestModel | Invoke-DlTraining @options -Precision $_
        $reduced[0].Loss | Should -Not -Be $exact[0].Loss
        $reduced[-1].ValidationAccuracy | Should -BeGreaterThan ($exact[-1].ValidationAccuracy - 0.05)
    }

    It 'resumes from checkpoints in <_> with Resume-DlTraining, and is in the record' -ForEach BFloat16, Mixed {
        $folder = "$TestDrive/$_"
        $expected = New-DlTestModel | Invoke-DlTraining @options -Precision $_
        $first = @{} + $options
        $first.Remove('NoRecord')
        $null = New-DlTestModel | Invoke-DlTraining @first -Precision $_ -CheckpointPath $folder -OnBatch {
            param($training) if ($training.TotalSteps -eq 9) { $training.Stop('Preempted', 'enough for now') }
        }
        (Get-Content "$folder/run.json" | ConvertFrom-Json).settings.Precision | Should -Be $_
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining @options -CheckpointPath $folder -Resume
        } ResumeSettings InvalidArgument 'Precision'
        (Resume-DlTraining $folder $split -PassThru).History.Loss | Should -Be $expected.Loss
    }

    It 'warns where the processor has no bfloat16, as /proc/cpuinfo tells' -Skip:$fastOrUnknown {
        $null = New-DlTestModel | Invoke-DlTraining @options -Precision Mixed -WarningVariable said
        $said | Should -BeLike '*no bfloat16*slower*'
        $null = New-DlTestModel | Invoke-DlTraining @options -WarningVariable none
        $none | Should -BeNullOrEmpty
    }

    It 'refuses unsupported combinations' {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining @options -Precision Mixed -Optimizer LBFGS
        } OptimizerUse InvalidArgument '-Precision Float32'
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining @options -Precision Float8
        } CannotConvertArgumentNoMessage InvalidArgument 'Float8', 'BFloat16'
    }

    It 'counts for a trial and for the search of a learning rate' {
        $loss = { param($precision) (New-DlTestModel | Invoke-DlTraining @options -DryRun -Precision $precision).Loss }
        & $loss BFloat16 | Should -Not -Be (& $loss Float32)
        $sweep = New-DlTestModel | Find-DlLearningRate $split -BatchSize 16 -Optimizer SGD -Precision Mixed
        $exact = New-DlTestModel | Find-DlLearningRate $split -BatchSize 16 -Optimizer SGD
        $sweep.Curve[0].Loss | Should -Not -Be $exact.Curve[0].Loss
    }
}

Describe 'Invoke-DlTraining -Deterministic' {
    It 'gives the same numbers as without it on the CPU, and is in the record' {
        $folder = "$TestDrive/deterministic"
        $expected = New-DlTestModel | Invoke-DlTraining @options
        $records = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 10 -Seed 3 -Threads 1 -Deterministic -CheckpointPath $folder
        $records.Loss | Should -Be $expected.Loss
        (Get-Content "$folder/run.json" | ConvertFrom-Json).settings.Deterministic | Should -BeTrue
    }
}

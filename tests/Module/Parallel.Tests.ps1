BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $digits = New-DlDataset Digits 320 -Seed 1 | Split-DlDataset -Validation 0.2 -Seed 1
    $metrics = New-DlDataset ServerMetrics 800 -Seed 1 | Split-DlDataset -Validation 0.2 -Seed 1

    # Different trainings by number: matrix products, which the matrix library splits; convolutions of torch; random
    # numbers in dropout; and one with a number of threads.
    function New-Training([int] $Number) {
        $model, $data = switch ($Number % 4) {
            0 { (New-DlLayer Flatten | New-DlLayer Dense 512 -Activation ReLU | New-DlLayer Dropout 0.3 |
                New-DlLayer Dense 10 | New-DlModel -Seed $Number), $digits }
            1 { (New-DlLayer Conv2d 8 -KernelSize 3 -Activation ReLU | New-DlLayer MaxPool2d | New-DlLayer Flatten |
                New-DlLayer Dense 10 | New-DlModel -Seed $Number), $digits }
            2 { (New-DlLayer Dense 300 -Activation Tanh | New-DlLayer Dropout 0.5 | New-DlLayer Dense 300 |
                New-DlLayer Dense 5 | New-DlModel -Seed $Number), $metrics }
            3 { (New-DlLayer Dense 300 -Activation ReLU | New-DlLayer Dense 5 | New-DlModel -Seed $Number), $metrics }
        }
        $settings = @{ Data = $data; Epochs = 3; BatchSize = 64; Seed = $Number; NoRecord = $true }
        if ($Number % 4 -eq 3) { $settings.Threads = 1 }
        @{ Model = $model; Settings = $settings }
    }
    function Get-Numbers($Record) {
        $Record |
            ForEach-Object { '{0} {1:R} {2:R}' -f $_.Epoch, $_.Loss, $_.ValidationLoss }
    }

    $alone = foreach ($number in 1..10) {
        $training = New-Training $number
        $settings = $training.Settings
        Get-Numbers ($training.Model | Invoke-DlTraining @settings)
    }
}

Describe 'One model in two trainings' {
    BeforeAll {
        $split = New-DlTestSplit
        # Trains a model in a job until it is stopped; it has a step behind it.
        function Start-LongTraining($model) {
            $job = $model | Invoke-DlTraining $split -Epochs 1000000 -NoRecord -AsJob
            while ($model.History.Count -eq 0) { Start-Sleep -Milliseconds 10 }
            $job
        }
    }

    It 'refuses the second, in the foreground, and lets the first go on' {
        $model = New-DlTestModel
        $job = Start-LongTraining $model
        try {
            foreach ($command in { $model | Invoke-DlTraining $split -NoRecord },
                { $model | Invoke-DlTraining $split -DryRun }, { $model | Find-DlLearningRate $split }) {
                Assert-DlError $command ModelInTraining InvalidOperation "'model'", 'in a job or another runspace'
            }
            $job.State | Should -Be Running
        }
        finally { $job | Stop-Job -PassThru | Remove-Job }
        # The model is free again.
        $epochs = $model.History.Count
        ($model | Invoke-DlTraining $split -Epochs 1 -NoRecord).Epoch | Should -Be ($epochs + 1)
    }

    It 'measures, predicts and exports the model meanwhile' {
        $model = New-DlTestModel
        $job = Start-LongTraining $model
        try {
            foreach ($i in 1..20) {
                [double]::IsFinite(($model | Measure-DlModel $split).Loss) | Should -BeTrue
                @($split.Test | Invoke-DlPrediction $model).Count | Should -Be $split.Test.Count
            }
            $job.State | Should -Be Running
        }
        finally { $job | Stop-Job -PassThru | Remove-Job }
    }

    It 'refuses a second job, whose state is Failed' {
        $model = New-DlTestModel
        $job = Start-LongTraining $model
        try {
            $second = $model | Invoke-DlTraining $split -NoRecord -AsJob
            ($second | Wait-Job).State | Should -Be Failed
            $second.JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'ModelInTraining,*'
            Assert-DlError {
                $second | Receive-Job -Wait -AutoRemoveJob
            } JobStateFailed InvalidResult 'is being trained already'
        }
        finally { $job | Stop-Job -PassThru | Remove-Job }
    }

    It 'trains it one by one in parallel runspaces' {
        $model = New-DlTestModel
        $results = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:ManifestPath
            $data, $one = $using:split, $using:model
            $records = @($one | Invoke-DlTraining $data -Epochs 20 -NoRecord -ErrorAction SilentlyContinue `
                    -ErrorVariable refused)
            [pscustomobject]@{ Epochs = $records.Count; Refused = "$($refused.FullyQualifiedErrorId)" }
        }
        $results | Should -HaveCount 8
        $trained = @($results | Where-Object Refused -eq '')
        $trained.Epochs | Sort-Object -Unique | Should -Be 20
        $model.History.Count | Should -Be (20 * $trained.Count)
        $results | Where-Object Refused | ForEach-Object {
            $_.Refused | Should -BeLike 'ModelInTraining,*'
            $_.Epochs | Should -Be 0
        }
        $model.History.Epoch | Should -Be (1..$model.History.Count)
    }
}

Describe 'Ten trainings at once' {
    It 'give the same numbers in runspaces as one by one' {
        $trainings = 1..10 | ForEach-Object { New-Training $_ }
        $records = $trainings | ForEach-Object -ThrottleLimit 10 -Parallel {
            Import-Module $using:ManifestPath
            $settings = $_.Settings
            [pscustomobject]@{ Number = $settings.Seed; Records = @($_.Model | Invoke-DlTraining @settings) }
        }
        $together = $records | Sort-Object Number | ForEach-Object { Get-Numbers $_.Records }
        $together | Should -HaveCount 30
        $together | Should -Be $alone
    }

    It 'give the same numbers in jobs as one by one' {
        $jobs = 1..10 | ForEach-Object {
            $training = New-Training $_
            $settings = $training.Settings
            $training.Model | Invoke-DlTraining @settings -AsJob
        }
        $together = $jobs | ForEach-Object { Get-Numbers ($_ | Receive-Job -Wait -AutoRemoveJob) }
        $together | Should -Be $alone
    }
}

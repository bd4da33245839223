BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $split = New-DlTestSplit
    $runs = "$TestDrive/runs"
    foreach ($rate in 0.001, 0.05) {
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 3 -LearningRate $rate -RunPath $runs
    }
    $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 2 -LearningRate 0.05 -RunPath $runs -OnEpoch { $false }
}

Describe 'Get-DlRun' {
    It 'lists runs with the values of their last epoch, to sort by' {
        $found = Get-DlRun $runs | Sort-Object ValidationLoss
        $found | Should -HaveCount 3
        $found[0] | Should -BeOfType DeepPS.Training.RunInfo
        $found.Epochs | Sort-Object | Should -Be 1, 3, 3
        $found[0].ValidationLoss | Should -BeLessThan $found[2].ValidationLoss
        ($found | Where-Object Epochs -eq 3).State | Should -Be Finished, Finished
        ($found | Where-Object Epochs -eq 1).State | Should -Be StoppedEarly
        $found.Model | Should -Be model, model, model
        $found[0].Ended | Should -BeGreaterOrEqual $found[0].Started
        $found | Out-String | Should -BeLike '*Name*State*Epochs*ValidationLoss*'
    }

    It 'finds the settings of a run in plain files' {
        $run = (Get-DlRun $runs)[0]
        $made = Get-Content "$($run.Path)/run.json" | ConvertFrom-Json
        $made.settings.Optimizer.LearningRate ?? 0.001 | Should -Be 0.001
        $made.versions.DeepPS | Should -Be (Get-Module DeepPS).Version.ToString()
        $made.versions.torch | Should -Match '^\d+\.\d+'
        $made.data.training.rows | Should -Be $split.Train.Count
        (Import-Csv "$($run.Path)/epochs.csv").Epoch | Should -Be 1, 2, 3
        "$(Get-Content "$($run.Path)/log.txt")" | Should -BeLike '*Training begins.*Training ended: Finished.*'
    }

    It 'knows a run whose process is gone without a word' {
        $run = (Get-DlRun $runs)[0]
        $copy = "$TestDrive/gone/$(New-Guid)"
        Copy-Item $run.Path $copy -Recurse -Force
        Remove-Item "$copy/end.json"
        $made = Get-Content "$copy/run.json" -Raw | ConvertFrom-Json
        $made.process = 999999999
        $made | ConvertTo-Json -Depth 9 | Set-Content "$copy/run.json"
        (Get-DlRun "$TestDrive/gone").State | Should -Be Interrupted
    }

    It 'keeps nothing where that is asked for' {
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -NoRecord -RunPath "$TestDrive/none"
        "$TestDrive/none" | Should -Not -Exist
    }

    It 'is written to the checkpoints'' folder, with a warning about -RunPath' {
        $paths = @{ CheckpointPath = "$TestDrive/night"; RunPath = "$TestDrive/other" }
        $null = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 1 @paths -WarningVariable said -WarningAction SilentlyContinue
        (Get-DlRun "$TestDrive/night").Epochs | Should -Be 1
        "$TestDrive/other" | Should -Not -Exist
        "$said" | Should -BeLike '-RunPath is ignored*night*'
    }

    It 'says before the first step that a record cannot be written' {
        Set-Content "$TestDrive/file" ''
        $model = New-DlTestModel
        Assert-DlError {
            $model | Invoke-DlTraining $split -RunPath "$TestDrive/file/runs"
        } RunNotWritable ResourceUnavailable '-RunPath', '-NoRecord'
        $model.History | Should -BeNullOrEmpty
    }

    It 'lists runs while they are written' {
        $folder = "$TestDrive/written"
        $jobs = 1..3 | ForEach-Object { New-DlTestModel | Invoke-DlTraining $split -Epochs 150 -RunPath $folder -AsJob }
        $most = @{}
        do {
            $going = $jobs.State -contains 'Running' -or $jobs.State -contains 'NotStarted'
            foreach ($run in Get-DlRun $folder -ErrorAction Ignore -ErrorVariable wrong) {
                $run.State | Should -BeIn Running, Finished
                $run.Epochs | Should -BeGreaterOrEqual ([int]$most[$run.Name])
                if ($run.Epochs) { $run.ValidationLoss | Should -BeOfType double }
                $most[$run.Name] = $run.Epochs
            }
            if (Test-Path $folder) { $wrong | Should -BeNullOrEmpty }
        } while ($going)
        $null = $jobs | Receive-Job -Wait -AutoRemoveJob
        $most.Values | Should -Be 150, 150, 150
    }

    It 'keeps nothing of a training that never began' {
        Assert-DlError {
            New-DlTestModel |
                Invoke-DlTraining $split -Optimizer NormalEquation -RunPath "$TestDrive/never" -Verbose 4>$null
        } OptimizerUse InvalidArgument
        "$TestDrive/never" | Should -Not -Exist
    }

    It 'refuses an empty path' {
        Assert-DlError { Get-DlRun '' } ParameterArgumentValidationError InvalidData Path
    }

    It 'lists a damaged record as Damaged, with a warning' {
        $folder = "$TestDrive/damaged"
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -RunPath $folder
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -RunPath $folder
        Set-Content (Get-ChildItem $folder -Recurse -Filter run.json)[0].FullName '{ "name": "mod'
        $found = Get-DlRun $folder -WarningVariable said -WarningAction SilentlyContinue
        $found.State | Sort-Object | Should -Be Damaged, Finished
        ($found | Where-Object State -eq Damaged).Reason | Should -BeLike 'run.json cannot be read*'
        $said | Should -HaveCount 1
        "$said" | Should -BeLike '*record of run*is damaged: run.json*'
        @($found | Compare-DlRun) | Should -HaveCount 2
    }

    It 'returns nothing for a folder without runs and an error for a missing one' {
        Get-DlRun (New-Item -ItemType Directory "$TestDrive/empty") | Should -BeNullOrEmpty
        Assert-DlError { Get-DlRun "$TestDrive/nowhere" } FileNotFound ObjectNotFound nowhere
    }

    It 'loses no record of several processes that write to one folder' -Tag Slow {
        $folder = "$TestDrive/many"
        Set-Content "$TestDrive/many.ps1" @'
param($Manifest, $Folder)
Import-Module $Manifest
$split = New-DlDataset Blobs 150 -Seed 1 | Split-DlDataset -Validation 0.2 -Seed 1
foreach ($i in 1..5) {
    $null = New-DlLayer Dense 3 | New-DlModel | Invoke-DlTraining $split -Epochs 20 -Threads 1 -RunPath $Folder
}
'@
        $jobs = 1..8 | ForEach-Object {
            Start-DlShell "$TestDrive/many.ps1" $ManifestPath, $folder -Output "$TestDrive/many$_"
        }
        $jobs | Wait-Process
        $found = Get-DlRun $folder
        $found | Should -HaveCount 40
        $found.State | Sort-Object -Unique | Should -Be Finished
        foreach ($run in $found) { (Import-Csv "$($run.Path)/epochs.csv").Epoch | Should -Be (1..20) }
    }
}

Describe 'Compare-DlRun' {
    It 'shows only settings that differ, and the results of runs' {
        $compared = Get-DlRun $runs | Where-Object Epochs -eq 3 | Compare-DlRun
        $compared | Should -HaveCount 2
        $names = $compared[0].PSObject.Properties.Name
        $names | Should -Contain OptimizerLearningRate
        $names | Should -Contain ValidationLoss
        $names | Should -Not -Contain BatchSize
        $names | Should -Not -Contain Layer1
        $compared[1].OptimizerLearningRate | Should -BeLike '*0.05*'
    }
}

Describe 'Remove-DlRun' {
    It 'refuses a running run, also if it started after it was listed' {
        $folder = "$TestDrive/night"
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -CheckpointPath $folder
        $listed = Get-DlRun $folder
        $listed.State | Should -Be Finished
        $seen = [pscustomobject]@{ Error = $null }
        $null = New-DlTestModel |
            Invoke-DlTraining $split -Epochs 2 -CheckpointPath $folder -Resume -WarningAction Ignore -OnEpoch {
            $seen.Error = Get-DlError { $listed | Remove-DlRun -Confirm:$false }
        }
        $seen.Error.FullyQualifiedErrorId | Should -BeLike 'RunUnderWay,*'
        "$folder/epochs.csv" | Should -Exist
        $listed | Remove-DlRun -Confirm:$false
        $folder | Should -Not -Exist
    }

    It 'removes nothing of a run that another program has open, and the other runs (Windows)' -Skip:(-not $IsWindows) {
        $folders = 'held', 'free' | ForEach-Object { "$TestDrive/removed/$_" }
        foreach ($folder in $folders) {
            $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -CheckpointPath $folder
        }
        $files = (Get-ChildItem $folders[0]).Name
        $open = [IO.File]::Open("$($folders[0])/epochs.csv", 'Open', 'Read', 'Read')
        try {
            $listed = Get-DlRun "$TestDrive/removed"
            $listed | Remove-DlRun -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable said
        }
        finally { $open.Dispose() }
        $said.FullyQualifiedErrorId | Should -BeLike 'RunInUse,*'
        (Get-ChildItem $folders[0]).Name | Should -Be $files
        Get-ChildItem "$TestDrive/removed" | Should -HaveCount 1
        Get-DlRun $folders[0] | Remove-DlRun -Confirm:$false
        Get-ChildItem "$TestDrive/removed" | Should -BeNullOrEmpty
    }

    It 'removes nothing of a run that may not be changed' -Skip:($IsWindows -or (id -u) -eq 0) {
        $folder = "$TestDrive/locked/run"
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -CheckpointPath $folder
        chmod 555 "$TestDrive/locked"
        try { Assert-DlError { Get-DlRun $folder | Remove-DlRun -Confirm:$false } RunInUse ResourceUnavailable }
        finally { chmod 755 "$TestDrive/locked" }
        "$folder/epochs.csv" | Should -Exist
    }

    It 'removes runs with their files, and only shows them with -WhatIf' {
        $run = (Get-DlRun $runs)[2]
        $run | Remove-DlRun -WhatIf
        $run.Path | Should -Exist
        $run | Remove-DlRun -Confirm:$false
        $run.Path | Should -Not -Exist
        Get-DlRun $runs | Should -HaveCount 2
    }
}

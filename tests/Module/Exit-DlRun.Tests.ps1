BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $isRoot = $IsLinux -and (id -u) -eq 0
    # Each body runs in a script of its own, after a training that succeeded, and must end it with the code.
    $scripts = @(
        @{
            Case = 'a training that finished'; Code = 0
            Body = { $null = New-Model | Invoke-DlTraining $split -Epochs 1 }
        }
        @{
            Case = 'two models that finished'; Code = 0
            Body = { $null = (New-Model), (New-Model) | Invoke-DlTraining $split -Epochs 1 }
        }
        @{
            Case = 'a training that succeeded after one that was refused'; Code = 0
            Body = {
                $null = New-Model | Invoke-DlTraining $split -Optimizer Banana
                $null = New-Model | Invoke-DlTraining $split -Epochs 1
            }
        }
        @{
            Case = 'an error of another command after the training'; Code = 0
            Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1; Import-DlModel nosuch.dlmodel
            }
        }
        @{
            Case = 'an error of a callback that the training survives'; Code = 0
            Body = { $null = New-Model | Invoke-DlTraining $split -Epochs 1 -OnEpoch { Get-Item nosuch } }
        }
        @{ Case = 'a job that finished'; Code = 0; Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -AsJob | Receive-Job -Wait -AutoRemoveJob
            }
        }
        @{
            Case = 'a training that stopped early'; Code = 0
            Body = { $null = New-Model | Invoke-DlTraining $split -Epochs 9 -OnEpoch { $false } }
        }
        @{
            Case = 'a time limit'; Code = 75
            Body = { $null = New-Model | Invoke-DlTraining $split -Epochs 1000000 -MaxTime 00:00:00.01 }
        }
        @{
            Case = 'a time limit of the first of two models'; Code = 75
            Body = {
                $null = (New-Model), (New-Model) | Invoke-DlTraining $split -Epochs 1 -OnBatch {
                    param($training)
                    if (-not $global:stopped) { $global:stopped = $true; $training.Stop('Preempted', 'enough') }
                }
            }
        }
        @{ Case = 'a job with a time limit'; Code = 75; Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1000000 -MaxTime 0.01s -AsJob |
                    Receive-Job -Wait -AutoRemoveJob
            }
        }
        @{
            Case = 'a missing file'; Code = 1
            Body = { $data = Import-DlDataset nosuch.csv -Label y; $null = New-Model | Invoke-DlTraining $data }
        }
        @{
            Case = 'a missing file in the statement of the training'; Code = 1
            Body = { $null = New-Model | Invoke-DlTraining -Data (Import-DlDataset nosuch.csv -Label y) }
        }
        @{
            Case = 'a model that cannot be read'; Code = 1
            Body = { $null = Import-DlModel nosuch.dlmodel | Invoke-DlTraining $split }
        }
        @{
            Case = 'a wrong shape'; Code = 1
            Body = { $null = New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $split }
        }
        @{
            Case = 'one wrong model of two'; Code = 1
            Body = { $null = (New-DlLayer Dense 7 | New-DlModel), (New-Model) | Invoke-DlTraining $split -Epochs 1 }
        }
        @{
            Case = 'an unknown optimizer'; Code = 1
            Body = { $null = New-Model | Invoke-DlTraining $split -Optimizer Banana }
        }
        @{
            Case = 'a refusal that is caught'; Code = 1
            Body = { try { $null = New-Model | Invoke-DlTraining $split -Epochs 0 } catch { } }
        }
        @{
            Case = 'a refusal that is silent'; Code = 1
            Body = { $null = New-Model | Invoke-DlTraining 5 -ErrorAction Ignore }
        }
        @{
            Case = 'checkpoints that exist'; Code = 1
            Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -CheckpointPath ./exist
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -CheckpointPath ./exist
            }
        }
        @{
            Case = 'a path that cannot be written'; Code = 1
            Body = { Set-Content file ''; $null = New-Model | Invoke-DlTraining $split -CheckpointPath ./file/night }
        }
        @{
            Case = 'checkpoints that are all damaged'; Code = 1
            Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -CheckpointPath ./damaged
                Get-ChildItem ./damaged/step-* | Set-Content -Value 'x'
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -CheckpointPath ./damaged -Resume
            }
        }
        @{
            Case = 'a folder in use'; Code = 1
            Body = {
                $job = New-Model | Invoke-DlTraining $split -Epochs 1000000 -CheckpointPath ./used -AsJob
                while (-not (Test-Path ./used/epochs.csv)) { Start-Sleep -Milliseconds 20 }
                $null = New-Model | Invoke-DlTraining $split -Epochs 1 -CheckpointPath ./used -Resume
            }
        }
        @{
            Case = 'nothing to resume'; Code = 1
            Body = { $null = Resume-DlTraining ./nosuch $split }
        }
        @{ Case = 'a job that failed'; Code = 1; Body = {
                $null = New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $split -AsJob |
                    Receive-Job -Wait -AutoRemoveJob
            }
        }
        @{ Case = 'a job that nobody waited for'; Code = 1; Body = {
                $null = New-Model | Invoke-DlTraining $split -Epochs 1000000 -AsJob
            }
        }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $before = @"
Import-Module '$ManifestPath'
`$ProgressPreference = 'SilentlyContinue'
`$env:DEEPPS_RUNS = '$TestDrive/runs'
function New-Model { New-DlLayer Dense 4 | New-DlLayer Dense 3 | New-DlModel }
`$split = New-DlDataset Blobs 60 -Seed 1 | Split-DlDataset -Validation 0.2 -Seed 1
"@
    $success = '$null = New-Model | Invoke-DlTraining $split -Epochs 1'

    # The code with which Exit-DlRun would end a session after some statements.
    function Get-Code([string[]] $Statements) {
        $folder = New-Item -ItemType Directory "$TestDrive/$(New-Guid)"
        $shell = [powershell]::Create()
        try {
            foreach ($statement in @("Set-Location '$folder'", $before) + $Statements) {
                try { $null = $shell.AddScript($statement).Invoke() } catch { }
                $shell.Commands.Clear()
            }
            $shell.AddScript('[DeepPS.Abstractions.RunOutcome]::ExitCode($global:Error)').Invoke()[0]
            $null = $shell.Commands.Clear(), $shell.AddScript('Get-Job | Stop-Job -PassThru | Remove-Job').Invoke()
        }
        finally { $shell.Dispose() }
    }

    # The exit code of a script.
    function Get-ExitCode([string[]] $Lines) {
        Set-Content "$TestDrive/run.ps1" ($Lines -join "`n")
        $null = & $Shell @ShellArguments -File "$TestDrive/run.ps1" 2>&1
        $LASTEXITCODE
    }
}

Describe 'Exit-DlRun' {
    It 'ends with <code> after <case>' -ForEach $scripts {
        Get-Code $success, $Body.ToString() | Should -Be $Code
    }

    It 'ends with 1 where nothing was trained' {
        # Other sessions of this process have trained, so this needs one of its own.
        Get-ExitCode $before, '$null = New-Model | Invoke-DlTraining $split -DryRun', 'Exit-DlRun' | Should -Be 1
        Get-Code 'New-Model | Invoke-DlTraining -Data (Import-DlDataset nosuch.csv)' | Should -Be 1
    }

    It 'ends with the worst of other runspaces where it trained only there' {
        $parallel = '1..3 | ForEach-Object -Parallel { Import-Module {0}; $data = $using:split
            $null = New-DlLayer Dense {1} | New-DlModel | Invoke-DlTraining $data -Epochs 1 -NoRecord }'
        $models = @{ 3 = 0; '($_ -eq 2 ? 7 : 3)' = 1 }
        foreach ($units in $models.Keys) {
            $text = $parallel.Replace('{0}', "'$ManifestPath'").Replace('{1}', $units)
            Get-ExitCode $before, $text, 'Exit-DlRun' | Should -Be $models[$units]
        }
    }

    It 'ends the script from within a function and a try block' {
        Get-ExitCode $before, $success, 'function End { try { Exit-DlRun } catch { exit 8 } }', 'End', 'exit 7' |
            Should -Be 0
    }

    It 'lets a script go on with -Unfinished only after success' {
        Get-ExitCode $before, $success, 'Exit-DlRun -Unfinished', 'exit 7' | Should -Be 7
        $refused = 'New-Model | Invoke-DlTraining $split -Optimizer Banana'
        Get-ExitCode $before, $success, $refused, 'Exit-DlRun -Unfinished', 'exit 7' | Should -Be 1
    }
}

Describe 'A script block of a training' {
    It 'ends the script with its own exit code, or the loop around the training' {
        $training = "New-Model | Invoke-DlTraining `$split -Epochs 3 -RunPath '$TestDrive/ended' -OnEpoch"
        Get-ExitCode $before, "try { $training { exit 3 } } catch { exit 4 }", 'exit 5' | Should -Be 3
        Get-DlRun "$TestDrive/ended" | ForEach-Object { "$($_.State) $($_.Reason)" } |
            Should -BeLike 'Failed *script block*exit*'
        Get-ExitCode $before, "foreach (`$i in 1, 2) { $training { break }; exit 4 }", 'exit 5' | Should -Be 5
    }
}

Describe 'A training that fails' {
    It 'leaves its job in state Failed' {
        $split = New-DlTestSplit
        $job = New-DlLayer Dense 7 | New-DlModel | Invoke-DlTraining $split -AsJob
        $null = $job | Wait-Job
        $job.State | Should -Be Failed
        # PowerShell gives the error of a failed job an id of its own; the training's is in the reason.
        $job.JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId | Should -BeLike 'OutputShape,*'
        $problem = @(Get-DlError { $job | Receive-Job -AutoRemoveJob -Wait })
        "$problem" | Should -BeLike "Layer 'dense1'*3 outputs*"
        $job = New-DlTestModel | Invoke-DlTraining $split -Epochs 1 -NoRecord -AsJob -ErrorAction Continue
        ($job | Wait-Job).State | Should -Be Completed
        $job | Remove-Job
    }

    It 'is Failed when the last checkpoint finds no room (root of Linux mounts the disk)' -Skip:(-not $isRoot) {
        $folder = New-Item -ItemType Directory "$TestDrive/last"
        mount -t tmpfs -o size=400k tmpfs $folder
        try {
            Get-ExitCode $before, @"
`$checkpoints = @{ CheckpointPath = '$folder/night'; CheckpointEvery = '1000epoch' }
`$null = New-Model | Invoke-DlTraining `$split -Epochs 3 @checkpoints -OnEpoch {
    param(`$record)
    # A few bytes remain for the record of the run.
    if (`$record.Epoch -eq 3) { dd if=/dev/zero of=$folder/other bs=1k 2>`$null; truncate -s -12k $folder/other }
}
"@, 'Exit-DlRun' | Should -Be 1
            $run = Get-DlRun "$folder/night"
            $run.State | Should -Be Failed
            $run.Reason | Should -BeLike '*last checkpoint*No space left*'
            $run.Epochs | Should -Be 3
        }
        finally { umount $folder }
    }
}

BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $isRoot = $IsLinux -and (id -u) -eq 0
    # A process started in the background, as by nohup, may ignore signals, and so do its children.
    $ignored =
        if ($IsLinux) {
            $line = Select-String '^SigIgn:\s+(\w+)' /proc/self/status
            [Convert]::ToUInt64($line.Matches[0].Groups[1].Value, 16)
        }
        else { 0 }
    $signals = @(
        @{ Signal = 'TERM'; Number = 15; State = , 'Preempted'; Reason = , 'SIGTERM was received'; Says = '*-Resume*' }
        @{ Signal = 'HUP'; Number = 1; State = , 'Preempted'; Reason = , 'SIGHUP was received'; Says = '*-Resume*' }
        @{
            Signal = 'INT'; Number = 2; State = 'Cancelled', 'Preempted'; Reason = $null, 'SIGINT was received'
            Says = '*'
        }
    ) | ForEach-Object { $_ + @{ Ignored = [bool]($ignored -band (1ul -shl ($_.Number - 1))) } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # A training as a scheduler starts it: it resumes from its checkpoints and ends with an exit code.
    $script = "$TestDrive/job.ps1"
    Set-Content $script @"
param([string] `$Folder, [int] `$Epochs, [string] `$Every = '20step')
`$ErrorActionPreference = 'Stop'
Import-Module '$ManifestPath'
`$split = New-DlDataset Moons 2000 -Seed 1 | Split-DlDataset -Validation 0.1 -Seed 1
`$model = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dropout 0.1 | New-DlLayer Dense 2 | New-DlModel -Seed 1
`$checkpoints = @{ CheckpointPath = `$Folder; CheckpointEvery = `$Every; Keep = 2; Resume = `$true }
`$null = `$model | Invoke-DlTraining `$split -Epochs `$Epochs -Seed 2 -Threads 1 @checkpoints
Exit-DlRun -Unfinished
(`$split.Validation | Invoke-DlPrediction -Model `$model).Probability -join ' ' | Set-Content "`$Folder/result.txt"
"@
    function Start-Job2([string] $Folder, [int] $Epochs, [string] $Every = '20step') {
        Start-DlShell $script $Folder, $Epochs, $Every -Output $Folder
    }
    # Tells a training to end. Windows sends no signals: its process is killed there.
    function Stop-TestJob($Job, [string] $Output) {
        if ($IsWindows) { $Job.Kill() } else { & /bin/kill -TERM $Job.Id }
        $Job.WaitForExit(120000) | Should -BeTrue
        if (-not $IsWindows) { $Job.ExitCode | Should -Be 75 -Because "$(Get-Content "$Output.err")" }
    }
    function Get-StepNames([string] $Folder) {
        "$((Get-ChildItem $Folder -Filter step-* -ErrorAction Ignore).Name)"
    }
    function Wait-TestLines([string] $Path, [int] $Count) {
        foreach ($i in 1..2400) {
            if (@(Get-Content $Path -ErrorAction Ignore).Count -ge $Count) { return }
            Start-Sleep -Milliseconds 50
        }
        throw "$Path did not grow to $Count lines."
    }
    function Wait-TestPath([string] $Path) {
        foreach ($i in 1..2400) { if (Test-Path $Path) { return }; Start-Sleep -Milliseconds 50 }
        throw "$Path did not appear: $(Get-Content "$(Split-Path $Path).err")"
    }
}

Describe 'examples/scheduled/train.ps1' {
    It 'has each epoch once in its folder, after a kill, a signal and a time limit' {
        $example = Resolve-Path "$PSScriptRoot/../../examples/scheduled/train.ps1"
        $folder = "$TestDrive/scheduled"
        # The whole takes seconds, so checkpoints at 10 minutes are none but the last: a kill loses every epoch.
        $job = Start-DlShell $example '-Folder', $folder, '-Epochs', 1000 -Output "$TestDrive/scheduled"
        Wait-TestLines "$folder/epochs.csv" 4
        $job.Kill()
        $job.WaitForExit(120000) | Should -BeTrue
        $job = Start-DlShell $example '-Folder', $folder, '-Epochs', 1000 -Output "$TestDrive/scheduled"
        Wait-TestLines "$folder/epochs.csv" 8
        Stop-TestJob $job "$TestDrive/scheduled"
        $limit = '-Folder', $folder, '-Epochs', 100000, '-MaxTime', '00:00:05'
        $job = Start-DlShell $example $limit -Output "$TestDrive/scheduled"
        $job.WaitForExit(120000) | Should -BeTrue
        $job.ExitCode | Should -Be 75 -Because "$(Get-Content "$TestDrive/scheduled.err")"
        $rows = @(Import-Csv "$folder/epochs.csv")
        $rows.Epoch | Should -Be (1..$rows.Count)
        $job = Start-DlShell $example '-Folder', $folder, '-Epochs', ($rows.Count + 2) -Output "$TestDrive/scheduled"
        $job.WaitForExit(120000) | Should -BeTrue
        $job.ExitCode | Should -Be 0 -Because "$(Get-Content "$TestDrive/scheduled.err")"
        (Import-Csv "$folder/epochs.csv").Epoch | Should -Be (1..($rows.Count + 2))
        "$folder/servers.dlmodel" | Should -Exist
        [double](Import-Csv "$folder/test.csv").Accuracy | Should -BeGreaterThan 0.5
    }
}

Describe 'A training that nobody watches' {
    # Under Wine a session takes seconds to start.
    It 'loses nothing when its process is killed at <Times> moments' -ForEach @{ Times = $IsWindows ? 10 : 50 } {
        $whole = New-Item -ItemType Directory "$TestDrive/whole"
        $job = Start-Job2 $whole 120
        $job.WaitForExit(120000) | Should -BeTrue
        $job.ExitCode | Should -Be 0 -Because "$(Get-Content "$whole.err")"
        $folder = New-Item -ItemType Directory "$TestDrive/killed"
        $random = [Random]::new(5)
        $kills = 0
        while ($kills -lt $Times) {
            $job = Start-Job2 $folder 120 1step
            Wait-TestPath "$folder/run.json"
            $before = (Get-ChildItem $folder -Filter step-*).Name
            # Waits for the first checkpoint. With one per step, a kill mostly hits a write.
            while (-not $job.HasExited -and (Get-StepNames $folder) -eq "$before") { Start-Sleep -Milliseconds 5 }
            Start-Sleep -Milliseconds $random.Next(0, 100)
            if ($job.HasExited) { break }
            $job.Kill()
            $job.WaitForExit(120000) | Should -BeTrue
            $kills++
        }
        $kills | Should -BeGreaterOrEqual $Times
        $job = Start-Job2 $folder 120
        $job.WaitForExit(120000) | Should -BeTrue
        $job.ExitCode | Should -Be 0 -Because "$(Get-Content "$folder.err")"
        Get-Content "$folder/result.txt" | Should -Be (Get-Content "$whole/result.txt")
        (Import-Csv "$folder/epochs.csv").Epoch | Should -Be (1..120)
        (Import-Csv "$folder/epochs.csv").ValidationLoss | Should -Be (Import-Csv "$whole/epochs.csv").ValidationLoss
    }

    # PowerShell itself ends a script at SIGINT, as at Ctrl+C; no further line of the script runs.
    It 'writes a checkpoint and exits with 75 on SIG<signal>' -ForEach $signals {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'no other process can send a signal on Windows' }
        if ($Ignored) { Set-ItResult -Skipped -Because 'this process ignores the signal, and so would the training' }
        $folder = New-Item -ItemType Directory "$TestDrive/$Signal"
        $job = Start-Job2 $folder 100000
        Wait-TestPath "$folder/epochs.csv"
        & /bin/kill "-$Signal" $job.Id
        $job.WaitForExit(20000) | Should -BeTrue
        $job.ExitCode | Should -Be 75 -Because "$(Get-Content "$folder.err")"
        (Get-DlRun $folder).State | Should -BeIn $State
        (Get-DlRun $folder).Reason | Should -BeIn $Reason
        Get-ChildItem $folder -Filter step-* | Should -Not -BeNullOrEmpty
        "$(Get-Content "$folder.out")" | Should -BeLike $Says
    }

    # Windows calls this function in a thread of the process. Afterwards it ends the process; here that goes on.
    It 'writes a checkpoint before Windows ends the process: <Event>' -Skip:(-not $IsWindows) -ForEach @(
        @{ Event = 'the console is closed'; Number = 2; Reason = 'SIGHUP was received' }
        @{ Event = 'the user logs off'; Number = 5; Reason = 'The end of the user''s session was received' }
        @{ Event = 'a shutdown'; Number = 6; Reason = 'SIGTERM was received' }
    ) {
        $folder = (New-Item -ItemType Directory "$TestDrive/event$Number").FullName
        $ending = "$TestDrive/event$Number.ps1"
        Set-Content $ending @"
Add-Type -Namespace Test -Name Native -MemberDefinition @'
[DllImport("kernel32")]
public static extern IntPtr CreateThread(IntPtr a, IntPtr size, IntPtr start, IntPtr value, int flags, IntPtr id);
[DllImport("kernel32")]
public static extern uint WaitForSingleObject(IntPtr thread, uint milliseconds);
'@
`$library = [Runtime.InteropServices.NativeLibrary]::Load('kernel32.dll')
`$routine = [Runtime.InteropServices.NativeLibrary]::GetExport(`$library, 'CtrlRoutine')
Import-Module '$ManifestPath'
`$checkpoints = @{ CheckpointPath = '$folder'; CheckpointEvery = '100000epoch' }
`$data = New-DlDataset Moons 2000 -Seed 1
`$model = New-DlLayer Dense 32 | New-DlLayer Dense 2 | New-DlModel
`$null = `$model | Invoke-DlTraining `$data -Epochs 100000 @checkpoints -OnEpoch {
    param(`$record)
    if (`$record.Epoch -eq 3) { `$global:thread = [Test.Native]::CreateThread(0, 0, `$routine, $Number, 0, 0) }
}
`$null = [Test.Native]::WaitForSingleObject(`$thread, 60000)
Exit-DlRun
"@
        $job = Start-DlShell $ending -Output $folder
        $job.WaitForExit(120000) | Should -BeTrue
        $run = Get-DlRun $folder
        $run.State | Should -Be Preempted -Because "$(Get-Content "$folder.err")"
        $run.Reason | Should -Be $Reason
        Get-ChildItem $folder -Filter step-* | Should -HaveCount 1
        $job.ExitCode | Should -Be 75
    }

    It 'keeps a second process out of its folder, but not when it was killed' {
        $folder = New-Item -ItemType Directory "$TestDrive/shared"
        $first = Start-Job2 $folder 100000
        Wait-TestPath "$folder/step-*"
        $second = Start-DlShell $script $folder, 100000 -Output "$TestDrive/second"
        if (-not $second.WaitForExit(120000)) { $second.Kill() }
        $first.HasExited |
            Should -BeFalse -Because "the first was training ($($first.ExitCode)): $(Get-Content "$folder.err")"
        $second.ExitCode | Should -Be 1
        (Get-Content -Raw "$TestDrive/second.err") -replace '\s*\|?\s+', ' ' |
            Should -BeLike "*Another training (process $($first.Id) on *"
        (Get-DlRun $folder).ProcessId | Should -Be $first.Id
        $first.Kill()
        $first.WaitForExit(120000) | Should -BeTrue
        $third = Start-Job2 $folder 100000
        $before = (Get-ChildItem $folder -Filter step-*).Name
        foreach ($i in 1..600) {
            if ((Get-StepNames $folder) -ne "$before") { break }
            Start-Sleep -Milliseconds 50
        }
        (Get-DlRun $folder).State | Should -Be Running
        Stop-TestJob $third $folder
    }

    It 'takes no step where nothing can be written (root of Linux mounts the disk)' -Skip:(-not $isRoot) {
        $folder = New-Item -ItemType Directory "$TestDrive/readonly"
        mount -t tmpfs -o 'size=64k,ro' tmpfs $folder
        try {
            $model = New-DlTestModel
            $split = New-DlTestSplit
            Assert-DlError {
                $model | Invoke-DlTraining $split -RunPath "$folder/runs"
            } RunNotWritable ResourceUnavailable 'Read-only'
            Assert-DlError {
                $model | Invoke-DlTraining $split -CheckpointPath "$folder/night"
            } CheckpointFolderNotWritable ResourceUnavailable 'Read-only'
            mount -o remount,rw $folder
            dd if=/dev/zero of="$folder/other" bs=1k 2>$null
            Assert-DlError {
                $model | Invoke-DlTraining $split -RunPath $folder
            } RunNotWritable ResourceUnavailable 'No space left'
            Assert-DlError {
                $model | Invoke-DlTraining $split -CheckpointPath "$folder/night" -NoRecord
            } CheckpointFolderNotWritable ResourceUnavailable 'full'
            $model.History | Should -BeNullOrEmpty
            Get-ChildItem $folder -Force | Should -HaveCount 1
        }
        finally { umount $folder }
    }

    # Root of Linux mounts the small disk.
    It 'reports a full disk, keeps the last checkpoint, continues when there is room (root)' -Skip:(-not $isRoot) {
        $folder = New-Item -ItemType Directory "$TestDrive/full"
        mount -t tmpfs -o size=400k tmpfs $folder
        try {
            $job = Start-Job2 $folder 300 1epoch
            Wait-TestPath "$folder/step-*"
            # Another file fills the disk.
            dd if=/dev/zero of="$folder/other" bs=1k 2>$null
            $job.WaitForExit(120000) | Should -BeTrue
            $job.ExitCode | Should -Be 1
            "$(Get-Content "$folder.err")$(Get-Content "$folder.out")" | Should -BeLike "*No space left*"
            Remove-Item "$folder/other"
            Get-ChildItem $folder -Filter step-* | Should -Not -BeNullOrEmpty
            $job = Start-Job2 $folder 300 1epoch
            $job.WaitForExit(120000) | Should -BeTrue
            $job.ExitCode | Should -Be 0 -Because "$(Get-Content "$folder.err")"
            (Import-Csv "$folder/epochs.csv").Epoch | Should -Be (1..300)
        }
        finally { umount $folder }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    $script = "$TestDrive/train.ps1"
    Set-Content $script @"
param([string] `$Folder, [string] `$StopFile)
Import-Module '$ManifestPath'
`$split = New-DlDataset Moons 2000 -Seed 1 | Split-DlDataset -Validation 0.1 -Seed 1
`$model = New-DlLayer Dense 32 -Activation ReLU | New-DlLayer Dense 2 | New-DlModel -Seed 1
`$options = @{ CheckpointPath = `$Folder; Resume = `$true; StopFile = `$StopFile; Threads = 1 }
`$null = `$model | Invoke-DlTraining `$split -Epochs 100000 @options
Exit-DlRun
"@

    # Opens a file as Excel does, without sharing it, until another one appears.
    $holder = "$TestDrive/hold.ps1"
    Set-Content $holder @'
param([string] $Path, [string] $Held, [string] $Release)
while (-not $file) {
    try { $file = [IO.File]::Open($Path, 'Open', 'ReadWrite', 'None') } catch { Start-Sleep -Milliseconds 5 }
}
Set-Content $Held $file.Length
while (-not (Test-Path $Release)) { Start-Sleep -Milliseconds 20 }
$file.Dispose()
'@

    function Wait-Until([scriptblock] $Condition, [string] $What) {
        foreach ($i in 1..2400) { if (& $Condition) { return }; Start-Sleep -Milliseconds 50 }
        throw "It did not happen in two minutes: $What."
    }
    function Get-LastStep([string] $Folder) {
        Get-ChildItem $Folder -Filter step-* | Sort-Object Name | Select-Object -Last 1 -ExpandProperty Name
    }
    function Get-EpochCount([string] $Folder) { @(Get-Content "$Folder/epochs.csv" -ErrorAction Ignore).Count }
    # Ends the training by its stop file.
    function Stop-Training($Job, [string] $Folder) {
        New-Item "$Folder.stop"
        $Job.WaitForExit(120000) | Should -BeTrue
        Remove-Item "$Folder.stop"
        $Job.ExitCode | Should -Be 75 -Because "$(Get-Content "$Folder.err")"
    }
}

Describe 'A training whose files other programs have open' {
    It 'goes on while another process has epochs.csv open and shares it with nobody' {
        $folder = (New-Item -ItemType Directory "$TestDrive/excel").FullName
        $job = Start-DlShell $script $folder, "$folder.stop" -Output $folder
        Wait-Until { (Get-EpochCount $folder) -gt 3 } 'epochs are recorded'
        $arguments = "$folder/epochs.csv", "$folder.held", "$folder.release"
        $excel = Start-DlShell $holder $arguments -Output "$TestDrive/holder"
        Wait-Until { Get-Content "$folder.held" -ErrorAction Ignore } 'the file is held'
        $size = [long](Get-Content "$folder.held")
        $before = Get-LastStep $folder
        foreach ($i in 1..3) {
            $last = Get-LastStep $folder
            Wait-Until { (Get-LastStep $folder) -ne $last } 'the training goes on'
        }
        (Get-Item "$folder/epochs.csv").Length | Should -Be $size
        # It is stopped, and begins again, while the file is still open.
        Stop-Training $job $folder
        $said = (Get-Content -Raw "$folder.out") -replace '\s+', ' '
        [regex]::Matches($said, 'cannot be written to').Count | Should -Be 1
        $said | Should -BeLike '*Training continues, and the record is completed*record of the run*is incomplete*'
        $job = Start-DlShell $script $folder, "$folder.stop" -Output $folder
        $last = Get-LastStep $folder
        Wait-Until { (Get-LastStep $folder) -ne $last } 'the training goes on'
        $null = New-Item "$folder.release"
        $excel.WaitForExit(120000) | Should -BeTrue
        $epochs = [int]((Get-LastStep $folder) -replace '\D') / 57
        Wait-Until { (Get-EpochCount $folder) -gt $epochs + 2 } 'the record catches up'
        Stop-Training $job $folder
        $rows = Import-Csv "$folder/epochs.csv"
        $rows.Epoch | Should -Be (1..$rows.Count)
        (Get-DlRun $folder).Epochs | Should -Be $rows.Count
        $before | Should -Not -BeNullOrEmpty
    }

    It 'goes on while its files are being read, and old checkpoints are deleted later' {
        $folder = "$TestDrive/read"
        $split = New-DlTestSplit
        $checkpoints = @{ CheckpointPath = $folder; Keep = 1; Resume = $true; WarningVariable = 'said' }
        $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 2 -Seed 1 @checkpoints
        # A backup shares what it reads with readers only, our own commands with everybody.
        $old = (Get-ChildItem $folder -Filter step-*).FullName
        $open = [IO.File]::Open($old, 'Open', 'Read', 'Read')
        $ours = foreach ($name in 'run.json', 'end.json', 'epochs.csv', 'log.txt') {
            [IO.File]::Open("$folder/$name", 'Open', 'Read', 'ReadWrite, Delete')
        }
        try {
            $null = New-DlTestModel | Invoke-DlTraining $split -Epochs 6 -Seed 1 @checkpoints -OnEpoch {
                param($record)
                if ($record.Epoch -eq 5) { $open.Dispose() }
            }
        }
        finally { @($open) + $ours | ForEach-Object Dispose }
        "$said" | Should -Not -BeLike '*cannot be*'
        $run = Get-DlRun $folder
        $run.State, $run.Epochs | Should -Be Finished, 6
        $old | Should -Not -Exist
        Get-ChildItem $folder -Filter step-* | Should -HaveCount 1
        (Import-Csv "$folder/epochs.csv").Epoch | Should -Be (1..6)
    }

    It 'writes a model file that is being read' {
        $model = New-DlTrainedModel
        $file = "$TestDrive/read.dlmodel"
        $model | Export-DlModel $file
        $open = [IO.File]::Open($file, 'Open', 'Read', 'ReadWrite, Delete')
        try { $model | Export-DlModel $file } finally { $open.Dispose() }
        (Import-DlModel $file).ParameterCount | Should -Be $model.ParameterCount
        Get-ChildItem "$TestDrive" -Filter .read* -Force | Should -BeNullOrEmpty
    }

    It 'refuses a signal that the system lacks (Windows)' -Skip:(-not $IsWindows) {
        Assert-DlError {
            New-DlTestModel | Invoke-DlTraining (New-DlTestSplit) -StopSignal USR1 -NoRecord
        } SignalNotAvailable ResourceUnavailable USR1, '-StopFile'
    }
}

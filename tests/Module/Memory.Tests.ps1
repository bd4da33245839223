BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $canLimit = $IsLinux -and (Get-Command prlimit -ErrorAction Ignore)
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    function New-WideModel { New-DlLayer Dense 20000 -Activation Tanh | New-DlLayer Dense 1 | New-DlModel -Seed 1 }
    $data = 1..2048 | ForEach-Object { [pscustomobject]@{ a = $_ % 61; b = $_ % 7; y = $_ % 61 + $_ % 7 } } |
        ConvertTo-DlDataset y
    $options = @{
        Data = $data; Epochs = 2; BatchSize = 2048; Optimizer = New-DlOptimizer SGD 1e-5; Seed = 1
        Threads = 2; NoRecord = $true
    }

    # The same in a session that trains a little and then may use only a few hundred megabytes more: torch really runs
    # out of memory there.
    $script = "$TestDrive/limited.ps1"
    Set-Content $script @"
param([string] `$Folder)
Import-Module '$ManifestPath'
function New-WideModel { ${function:New-WideModel} }
`$data = 1..2048 | ForEach-Object { [pscustomobject]@{ a = `$_ % 61; b = `$_ % 7; y = `$_ % 61 + `$_ % 7 } } |
    ConvertTo-DlDataset y
`$options = @{
    Data = `$data; Epochs = 2; BatchSize = 2048; Optimizer = New-DlOptimizer SGD 1e-5
    Seed = 1; Threads = 2; NoRecord = `$true
}
"@
    Add-Content $script @'
$null = New-DlLayer Dense 1 | New-DlModel | Invoke-DlTraining $data -Epochs 1 -NoRecord -CheckpointPath "$Folder/first"
$size = [long](Select-String '^VmSize:\s+(\d+)' /proc/self/status).Matches[0].Groups[1].Value * 1KB
prlimit --pid $PID --as=$($size + 400MB)

$result = @{}
$model = New-WideModel
try { $model | Invoke-DlTraining @options -ErrorAction Stop }
catch { $result.Error = "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category): $_" }
if ($result.Error -match '-BatchSize (\d+) -AccumulateSteps (\d+)') {
    $named = $options.Clone()
    $named.BatchSize, $named.AccumulateSteps = [int[]] $Matches[1, 2]
    $result.Named = ($model | Invoke-DlTraining @named).Loss
}
$result.Auto = @(New-WideModel | Invoke-DlTraining @options -AutoBatchSize -Verbose 4>&1 | ForEach-Object {
    if ("$_" -like 'Memory is short*') { $result.Said = "$_" } elseif ($_ -is [DeepPS.Models.EpochRecord]) { $_.Loss }
})
$stop = { param($training) $training.Stop('Preempted', 'enough') }
$options += @{ CheckpointPath = "$Folder/run"; WarningAction = 'Ignore'; OnBatch = $stop }
$null = New-WideModel | Invoke-DlTraining @options -AutoBatchSize
$result | ConvertTo-Json -Compress
'@
}

Describe 'Too little memory (prlimit of Linux limits it)' -Skip:(-not $canLimit) {
    It 'is a clear error, and no problem with -AutoBatchSize' {
        $result = & $Shell @ShellArguments -File $script $TestDrive | Select-Object -Last 1 | ConvertFrom-Json
        $result.Error |
            Should -BeLike ('OutOfMemory,* ResourceUnavailable: *batch of 2048*cpu*bytes were asked for*' +
                'A batch of * fits*-AutoBatchSize*')
        # The session and the model stay usable, and the batch sizes that the error names work.
        $free = (New-WideModel | Invoke-DlTraining @options).Loss
        $result.Named | Should -HaveCount 2
        foreach ($i in 0, 1) {
            $result.Named[$i] | Should -BeGreaterThan ($free[$i] - 1e-4)
            $result.Named[$i] | Should -BeLessThan ($free[$i] + 1e-4)
            $result.Auto[$i] | Should -BeGreaterThan ($free[$i] - 1e-4)
            $result.Auto[$i] | Should -BeLessThan ($free[$i] + 1e-4)
        }
        $result.Said | Should -BeLike 'Memory is short: each batch of 2048 is cut into * parts of * samples*'
        # With enough memory again, a resumed training keeps its parts and so its numbers.
        (Resume-DlTraining "$TestDrive/run" $data -NoRecord -PassThru).History.Loss | Should -Be $result.Auto
    }
}

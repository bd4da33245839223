# Arguments that no one would give on purpose: each is taken, or refused with an error that has its own identifier and
# says what is wrong in our words. The environment variable DEEPPS_MUTATIONS sets how many are tried.
BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $count = $env:DEEPPS_MUTATIONS ? [int] $env:DEEPPS_MUTATIONS : 300
    $home0 = Get-Location
    Set-Location (New-Item -ItemType Directory "$TestDrive/arguments")

    # Values for any parameter. A script block gives a fresh value each time.
    $values = @(
        { $null }, { '' }, { ' ' }, { 'zzz' }, { '*' }, { '[' }, { '../..' }, { "a`0b" }, { 'x' * 5000 }, { '{' },
        { '1,2' },
        { 0 }, { 1 }, { 2 }, { -1 }, { 0.5 }, { -0.5 }, { 1e308 }, { [double]::NaN }, { [double]::PositiveInfinity },
        { [int]::MaxValue }, { [int]::MinValue }, { [long]::MaxValue }, { [decimal]::MaxValue }, { [char]0 },
        { $true }, { $false }, { [timespan]::MinValue }, { [datetime]::MaxValue }, { , @() }, { , @($null) },
        { , @(1, 'a', $null) }, { , @(, @(1, 2)) }, { , @(-1, 0) }, { , (1..50) }, { @{} }, { @{ a = 1 } },
        { @{ x0 = $null } },
        { @{ x0 = 'zzz' } }, { @{ x0 = @{ zzz = 1 } } }, { @{ x0 = @{ Scaling = -1 } } },
        { [pscustomobject]@{ a = 1 } },
        { { throw 'no' } }, { { $null } }, { Get-Date }, { [object]::new() }, { [IO.FileInfo] 'nowhere' },
        { 'Label' }, { 'x0' },
        { $split }, { $data }, { New-DlTestModel }, { 'Dense' }, { 'Adam' }, { 'ReLU' }, { New-DlLayer Dense 2 },
        { New-DlOptimizer SGD }, { New-DlLoss MSE }, { 'cpu' }, { 'cuda:99' })

    # Commands with what they need to run. Each gets one or two further arguments, or one replaced.
    $commands = @(
        @{ Name = 'New-DlLayer'; Arguments = { @{ Type = 'Dense'; Units = 4 } } }
        @{ Name = 'New-DlLayer'; Arguments = { @{ Type = 'Conv2d'; Filters = 4; KernelSize = 3 } } }
        @{ Name = 'New-DlLayer'; Arguments = { @{ Type = 'LSTM'; Units = 4 } } }
        @{ Name = 'New-DlModel'; Arguments = { @{ Layer = (New-DlLayer Dense 3) } } }
        @{ Name = 'New-DlOptimizer'; Arguments = { @{ Type = 'SGD' } } }
        @{ Name = 'New-DlSchedule'; Arguments = { @{ Type = 'Step'; StepSize = 2 } } }
        @{ Name = 'New-DlLoss'; Arguments = { @{ Type = 'CrossEntropy' } } }
        @{ Name = 'New-DlMetric'; Arguments = { @{ Type = 'TopK' } } }
        @{ Name = 'New-DlAugmentation'; Arguments = { @{ Type = 'RandomCrop' } } }
        @{ Name = 'New-DlCallback'; Arguments = { @{ OnEpoch = { } } } }
        @{ Name = 'New-DlDataset'; Arguments = { @{ Name = 'Blobs'; Count = 20 } } }
        @{ Name = 'Import-DlDataset'; Arguments = { @{ Path = $table; Label = 'Label' } } }
        @{ Name = 'ConvertTo-DlDataset'; Arguments = { @{ InputObject = $rows[0]; Label = 'Label' } } }
        @{ Name = 'ConvertFrom-DlDataset'; Arguments = { @{ Dataset = $data } } }
        @{ Name = 'Get-DlDatasetColumn'; Arguments = { @{ InputObject = $data } } }
        @{ Name = 'Split-DlDataset'; Arguments = { @{ InputObject = $data; Validation = 0.2 } } }
        @{ Name = 'Show-DlSample'; Arguments = { @{ Data = $data; Count = 2 } } }
        @{
            Name = 'Invoke-DlTraining'
            Arguments = { @{ Model = (New-DlTestModel); Data = $split; Epochs = 1; NoRecord = $true } }
        }
        @{
            Name = 'Invoke-DlTraining'
            Arguments = { @{ Model = (New-DlTestModel); Data = $split; Epochs = 1; NoRecord = $true } }
        }
        @{
            Name = 'Invoke-DlTraining'
            Arguments = {
                @{ Model = (New-DlTestModel); Data = $split; Epochs = 1; NoRecord = $true; Teacher = $model }
            }
        }
        @{
            Name = 'Invoke-DlGanTraining'
            Arguments = {
                $options = @{ Data = $data; Epochs = 1; NoRecord = $true }
                $options.Generator = New-DlLayer Dense 2 | New-DlModel
                $options.Critic = New-DlLayer Dense 1 | New-DlModel
                $options
            }
        }
        @{ Name = 'New-DlSample'; Arguments = { @{ Model = (New-DlLayer Dense 2 | New-DlModel -InputShape 3) } } }
        @{ Name = 'Find-DlLearningRate'; Arguments = { @{ Model = (New-DlTestModel); Data = $split } } }
        @{ Name = 'Resume-DlTraining'; Arguments = { @{ Path = 'nowhere'; Data = $split } } }
        @{ Name = 'Measure-DlModel'; Arguments = { @{ Model = $model; Data = $split } } }
        @{ Name = 'Measure-DlLayer'; Arguments = { @{ Model = $model; Data = $data } } }
        @{ Name = 'Invoke-DlPrediction'; Arguments = { @{ Model = $model; InputObject = $rows[0] } } }
        @{ Name = 'Set-DlLayer'; Arguments = { @{ Model = (New-DlTestModel); Name = 'dense1'; Freeze = $true } } }
        @{ Name = 'Export-DlModel'; Arguments = { @{ Model = $model; Path = 'a.dlmodel' } } }
        @{ Name = 'Import-DlModel'; Arguments = { @{ Path = $file } } }
        @{ Name = 'Get-DlRun'; Arguments = { @{ Path = '.' } } }
        @{ Name = 'Get-DlCatalog'; Arguments = { @{} } })
    # Parameters that would make the test long, or ask.
    $never = 'AsJob', 'Confirm', 'MaxTime', 'Epochs', 'Debug', 'Threads', 'BatchSize', 'Steps', 'MemoryLimit',
        'ProgressAction', 'OutBuffer', 'PipelineVariable', 'OutVariable', 'ErrorVariable', 'WarningVariable',
        'InformationVariable', 'ErrorAction', 'WarningAction', 'InformationAction', 'Verbose', 'WhatIf'
    $data = New-DlDataset Blobs 60 -Seed 1
    $split = New-DlTestSplit
    $model = New-DlTrainedModel
    $file = "$TestDrive/whole.dlmodel"
    $null = $model | Export-DlModel $file
    $rows = @($data | ConvertFrom-DlDataset)
    $table = "$TestDrive/table.csv"
    $rows | Export-Csv $table

    # Parameters of a command, with those that follow from its arguments.
    function Get-Parameters([hashtable] $Command, [hashtable] $Arguments) {
        $type = $Arguments.Type
        $all = (Get-Command $Command.Name -ArgumentList @($type ? $type : @())).Parameters.Keys
        $all | Where-Object { $_ -notin $never } | Sort-Object
    }

    function Find-Raw([System.Management.Automation.ErrorRecord[]] $Errors) {
        foreach ($record in $Errors) {
            $text = "$record"
            if ($record.FullyQualifiedErrorId -like 'UnexpectedFailure*' -or $text -match ('Object reference not set|' +
                '\(Parameter ''|Exception of type|c10::|Exception raised from|Index was out')) {
                $exception = $record.Exception
                "$($record.FullyQualifiedErrorId): $text`n$($exception.GetType().Name)`n$($exception.StackTrace)"
            }
        }
    }
}

AfterAll { Set-Location $home0 }

Describe 'Arguments that make no sense' {
    It 'are taken or refused in our own words' {
        $random = [Random]::new($env:DEEPPS_SEED ? [int] $env:DEEPPS_SEED : 1)
        $raw = [System.Collections.Generic.List[string]]::new()
        $refused = 0
        for ($i = 0; $i -lt $count; $i++) {
            $command = $commands[$random.Next($commands.Count)]
            $arguments = & $command.Arguments
            $names = @(Get-Parameters $command $arguments)
            foreach ($change in 0..$random.Next(2)) {
                $name = $names[$random.Next($names.Count)]
                $value = $values[$random.Next($values.Count)]
                $arguments[$name] = & $value
                $given = "-$name {$value}"
            }
            $errors = @()
            try {
                $options = @{ ErrorVariable = 'errors'; ErrorAction = 'SilentlyContinue' }
                $null = & $command.Name @arguments @options 3>$null 4>$null 6>$null
            }
            catch { $errors = @($errors) + $_ }
            if ($errors) { $refused++ }
            $records = $errors |
                ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? $_ : $_.ErrorRecord } |
                Where-Object { $_ }
            $found = Find-Raw @($records)
            if ($found) { $raw.Add("$($command.Name) $given`n$($found | Select-Object -First 1)") }
        }
        if ($raw) { $raw | Group-Object { ($_ -split "`n")[0] } | ForEach-Object { Write-Host $_.Group[0] } }
        $raw.Count | Should -Be 0
        $refused | Should -BeGreaterThan ($count / 4)
    }
}

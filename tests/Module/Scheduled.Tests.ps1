BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $scheduled = (Resolve-Path "$PSScriptRoot/../../examples/scheduled").Path
}

Describe 'examples/scheduled/until-done.ps1' {
    BeforeAll {
        # Ends with 75 until it was started as often as is said.
        $fake = "$TestDrive/a training.ps1"
        Set-Content $fake @'
param([string] $Folder, [TimeSpan] $MaxTime)
Add-Content "$Folder/starts.txt" "$($MaxTime.TotalHours)"
$starts = @(Get-Content "$Folder/starts.txt").Count
exit ($starts -lt [int](Get-Content "$Folder/times.txt") ? 75 : [int](Get-Content "$Folder/code.txt"))
'@
        function Invoke-UntilDone([int] $Times, [int] $Code, [string] $MaxTime) {
            $folder = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
            Set-Content "$folder/times.txt" $Times
            Set-Content "$folder/code.txt" $Code
            $arguments = '-Folder', $folder, '-MaxTime', $MaxTime, '-Script', $fake, '-Pause', '00:00:00.1'
            & $Shell @ShellArguments -File "$scheduled/until-done.ps1" @arguments 2>&1 | Write-Verbose
            [pscustomobject]@{ Code = $LASTEXITCODE; Hours = [double[]](Get-Content "$folder/starts.txt") }
        }
    }

    It 'starts a training again while it ends with 75, and ends with <Code> as it does' -ForEach @(
        @{ Code = 0 }, @{ Code = 1 }
    ) {
        $result = Invoke-UntilDone 3 $Code 05:00:00
        $result.Code | Should -Be $Code
        $result.Hours | Should -HaveCount 3
        $result.Hours[0] | Should -BeLessOrEqual 5
        $result.Hours[2] | Should -BeLessThan $result.Hours[0]
    }

    It 'leaves the rest to the next start when the time is over' {
        $result = Invoke-UntilDone 3 0 00:00:00.05
        $result.Code | Should -Be 75
        $result.Hours | Should -HaveCount 1
    }
}

Describe 'examples/scheduled/register-task.ps1' {
    It 'registers a task that runs without a logon, and again at startup' {
        # The scheduler's commands exist on Windows only; these return what they are given.
        function New-ScheduledTaskAction($Execute, $Argument) { @{ Execute = $Execute; Argument = $Argument } }
        function New-ScheduledTaskTrigger([switch] $Daily, $At, [switch] $AtStartup) {
            @{ At = $At; AtStartup = $AtStartup }
        }
        function New-ScheduledTaskPrincipal($UserId, $LogonType, $RunLevel) {
            @{ User = $UserId; Logon = $LogonType; Level = $RunLevel }
        }
        function New-ScheduledTaskSettingsSet($MultipleInstances, $ExecutionTimeLimit, [switch] $StartWhenAvailable) {
            @{ Instances = $MultipleInstances; Limit = $ExecutionTimeLimit; Late = $StartWhenAvailable }
        }
        function Register-ScheduledTask($TaskName, $Action, $Trigger, $Principal, $Settings) { $PSBoundParameters }
        $task = & "$scheduled/register-task.ps1" -Folder 'C:\a night' -User CONTOSO\trainer -MaxTime 06:00:00
        $task.Principal.User, $task.Principal.Logon | Should -Be CONTOSO\trainer, S4U
        $task.Trigger.AtStartup | Should -Contain $true
        $task.Settings.Limit | Should -BeGreaterThan ([TimeSpan]'06:00:00')
        $task.Action.Execute | Should -Exist
        $task.Action.Argument | Should -BeLike '*-File "*until-done.ps1" -Folder "C:\a night" -MaxTime 06:00:00'
    }
}

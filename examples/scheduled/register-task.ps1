<#
.SYNOPSIS
    Registers train.ps1 with the Windows Task Scheduler: every night at ten, and at startup.
#>
param([string] $Folder = "$env:ProgramData\deepps\night")

$arguments = "-NoProfile -NonInteractive -File `"$PSScriptRoot\train.ps1`" -Folder `"$Folder`""
$action = New-ScheduledTaskAction -Execute pwsh -Argument $arguments
$triggers = (New-ScheduledTaskTrigger -Daily -At 22:00), (New-ScheduledTaskTrigger -AtStartup)
$limits = @{ MultipleInstances = 'IgnoreNew'; ExecutionTimeLimit = New-TimeSpan -Hours 10; StartWhenAvailable = $true }
$settings = New-ScheduledTaskSettingsSet @limits
Register-ScheduledTask -TaskName 'DeepPS training' -Action $action -Trigger $triggers -Settings $settings

<#
.SYNOPSIS
    Registers train.ps1 with the Windows Task Scheduler: every night at ten, and when the machine starts.
#>
param([string] $Folder = "$env:ProgramData\deepps\night")

$action = New-ScheduledTaskAction -Execute pwsh -Argument "-NoProfile -NonInteractive -File `"$PSScriptRoot\train.ps1`" -Folder `"$Folder`""
$triggers = (New-ScheduledTaskTrigger -Daily -At 22:00), (New-ScheduledTaskTrigger -AtStartup)
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 10) -StartWhenAvailable
Register-ScheduledTask -TaskName 'DeepPS training' -Action $action -Trigger $triggers -Settings $settings

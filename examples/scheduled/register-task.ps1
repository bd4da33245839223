<#
.SYNOPSIS
    Registers train.ps1 with the Windows Task Scheduler: every night at ten, and at startup.
.DESCRIPTION
    The task runs as the given user, whether logged on or not, without a stored password: it reaches no network shares.
    Registering it needs an administrator's session.

    The scheduler's own restarts ignore exit codes. The task therefore runs until-done.ps1, which starts train.ps1 again
    while it ends with 75 and the night is not over. After -MaxTime, a shutdown or a crash the next trigger continues.
.EXAMPLE
    ./register-task.ps1 -Folder D:\jobs\night -User CONTOSO\trainer
#>
param(
    [string] $Folder = "$env:ProgramData\deepps\night",
    [string] $User = "$env:USERDOMAIN\$env:USERNAME",
    [TimeSpan] $MaxTime = '08:00:00'
)

# The full path: at startup the user's PATH is not set yet.
$shell = [Environment]::ProcessPath
$arguments = '-NoProfile', '-NonInteractive', '-File', "`"$PSScriptRoot\until-done.ps1`"", '-Folder', "`"$Folder`"",
    '-MaxTime', $MaxTime
$action = New-ScheduledTaskAction -Execute $shell -Argument ($arguments -join ' ')
$triggers = (New-ScheduledTaskTrigger -Daily -At 22:00), (New-ScheduledTaskTrigger -AtStartup)
$principal = New-ScheduledTaskPrincipal -UserId $User -LogonType S4U -RunLevel Limited
$limits = @{
    MultipleInstances = 'IgnoreNew'; StartWhenAvailable = $true
    # Longer than -MaxTime: the scheduler kills, without a checkpoint.
    ExecutionTimeLimit = $MaxTime + '01:00:00'
}
$settings = New-ScheduledTaskSettingsSet @limits
$task = @{ Action = $action; Trigger = $triggers; Principal = $principal; Settings = $settings }
Register-ScheduledTask -TaskName 'DeepPS training' @task

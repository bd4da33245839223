<#
.SYNOPSIS
    Runs the Pester tests of the module as it is built, and prints how many passed, failed and were skipped.
.EXAMPLE
    ./tests/Module/Invoke-Tests.ps1 -Name Invoke-DlTraining
#>
param(
    # Where the results go, in NUnit's form; without it: nowhere.
    [string] $ResultPath,

    # The cmdlets to test; without it: all.
    [string[]] $Name = '*'
)

if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.3')) {
    Write-Warning 'The module tests were skipped: Pester 5.3 or later is not installed (Install-PSResource Pester).'
    exit 0
}

Import-Module Pester -MinimumVersion 5.3
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Name | ForEach-Object { "$PSScriptRoot/$_.Tests.ps1" }
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Should.ErrorAction = 'Continue'
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultPath
    $configuration.TestResult.OutputFormat = 'NUnitXml'
}

# Trainings keep a record of their runs; those of tests are of no use afterwards.
$env:DEEPPS_RUNS = Join-Path ([System.IO.Path]::GetTempPath()) "deepps-test-runs-$PID"
$result = Invoke-Pester -Configuration $configuration
if (Test-Path $env:DEEPPS_RUNS) { Remove-Item $env:DEEPPS_RUNS -Recurse }
"Module tests: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
exit [int]($result.Result -ne 'Passed')

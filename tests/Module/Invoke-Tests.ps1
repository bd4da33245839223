<#
.SYNOPSIS
    Runs the Pester tests of the module as it is built, and prints how many passed, failed and were skipped.
.EXAMPLE
    ./tests/Module/Invoke-Tests.ps1 -Name Invoke-DlTraining
#>
param(
    # The file for the results, in NUnit's form; without it, none is written.
    [string] $ResultPath,

    # The cmdlets to test; without it, all.
    [string[]] $Name = '*'
)

# The build brings Pester to artifacts/modules; where it was not run, an installed one serves.
$modules = Join-Path $PSScriptRoot '../../artifacts/modules'
if (Test-Path $modules) { $env:PSModulePath = (Resolve-Path $modules).Path + [System.IO.Path]::PathSeparator + $env:PSModulePath }
Import-Module Pester -MinimumVersion 5.3 -ErrorAction Stop
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

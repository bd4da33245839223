<#
.SYNOPSIS
    Runs the Pester tests of the built module and prints how many passed, failed and were skipped.
.EXAMPLE
    ./tests/Module/Invoke-Tests.ps1 -Name Invoke-DlTraining
.EXAMPLE
    ./tests/Module/Invoke-Tests.ps1 -Name Catalog -Filter '*loads Dense'
    Runs the test of one layer.
#>
param(
    # The result file, in NUnit format. Default: no file is written.
    [string] $ResultPath,

    # The test files without .Tests.ps1, which have the names of cmdlets. Wildcards are allowed. One text with commas
    # does too, since pwsh -File passes no lists.
    [string[]] $Name = '*',

    # Test files to leave out, named in the same way. Default: none.
    [string[]] $Exclude,

    # The tests to run, by full name: that of Describe, a point, that of It, with <...> as it is written. Wildcards are
    # allowed. Default: all.
    [string[]] $Filter
)

# The build restores Pester to artifacts/modules. Without it, an installed Pester is used.
$modules = Join-Path $PSScriptRoot '../../artifacts/modules'
if (Test-Path $modules) {
    $env:PSModulePath = (Resolve-Path $modules).Path + [System.IO.Path]::PathSeparator + $env:PSModulePath
}
Import-Module Pester -MinimumVersion 5.3 -ErrorAction Stop
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Name -split ',' | ForEach-Object { "$PSScriptRoot/$_.Tests.ps1" }
if ($Exclude) {
    $configuration.Run.ExcludePath = $Exclude -split ',' | ForEach-Object { "$PSScriptRoot/$_.Tests.ps1" }
}
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Should.ErrorAction = 'Continue'
if ($Filter) { $configuration.Filter.FullName = $Filter }
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultPath
    $configuration.TestResult.OutputFormat = 'NUnitXml'
}

# Other PowerShells that tests start print no colour codes, which the result file cannot contain.
$env:NO_COLOR = '1'

# Trainings record their runs; the records of tests are deleted.
$env:DEEPPS_RUNS = Join-Path ([System.IO.Path]::GetTempPath()) "deepps-test-runs-$PID"
$result = Invoke-Pester -Configuration $configuration
if (Test-Path $env:DEEPPS_RUNS) { Remove-Item $env:DEEPPS_RUNS -Recurse }
"Module tests: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"

# A filter that matches nothing would otherwise pass.
if ($Filter -and
    -not ($result.PassedCount + $result.FailedCount)) { throw "No test matches -Filter $($Filter -join ', ')." }
exit [int]($result.Result -ne 'Passed')

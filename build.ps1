<#
.SYNOPSIS
    Builds, tests, shows, measures or packs DeepPS.
.DESCRIPTION
    For people in PowerShell; in a bare Linux shell use ./build.sh. The tasks are in build/build.proj.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack')]
    [string] $Task = 'Build',

    # Which torch to build against: our own over a libtorch of this machine, or the TorchSharp package.
    [ValidateSet('system', 'nuget')]
    [string] $TorchProvider
)

$arguments = @("$PSScriptRoot/build/build.proj", '-nologo', '-v:minimal', '-tl:off', "-t:$Task")
if ($TorchProvider) {
    $env:TorchProvider = $TorchProvider
}
dotnet msbuild @arguments
exit $LASTEXITCODE

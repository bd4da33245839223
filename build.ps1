<#
.SYNOPSIS
    Builds, tests, shows, measures or packs DeepPS.
.DESCRIPTION
    For people in PowerShell; in a bare Linux shell use ./build.sh. The tasks are in build/build.proj.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -TorchDevice cuda
    Builds the module with libtorch for NVIDIA cards (several gigabytes).
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack')]
    [string] $Task = 'Build',

    # The libtorch to build with: cpu, or cuda for NVIDIA cards on Windows and Linux.
    [ValidateSet('cpu', 'cuda')]
    [string] $TorchDevice = 'cpu'
)

dotnet msbuild "$PSScriptRoot/build/build.proj" -nologo -v:minimal -tl:off "-t:$Task" "-p:TorchDevice=$TorchDevice"
exit $LASTEXITCODE

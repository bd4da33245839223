<#
.SYNOPSIS
    Builds, tests, shows, measures, packs, signs or publishes DeepPS.
.DESCRIPTION
    For people in PowerShell; in a bare Linux shell use ./build.sh. The tasks are in build/build.proj.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -TorchDevice cuda
    Builds the module with libtorch for NVIDIA cards (several gigabytes).
.EXAMPLE
    ./build.ps1 -Task Publish -Repository PSGallery
    Says what would be published; with -Push it is.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack', 'Publish', 'Sign')]
    [string] $Task = 'Build',

    # The libtorch to build with: cpu, or cuda for NVIDIA cards on Windows and Linux.
    [ValidateSet('cpu', 'cuda')]
    [string] $TorchDevice = 'cpu',

    # The repository to publish to, of Register-PSResourceRepository. The key is in the variable DEEPPS_API_KEY.
    [string] $Repository,

    # Whether Publish really publishes. Default: it says what it would do.
    [switch] $Push,

    # The certificate to sign with: a thumbprint in Cert:\CurrentUser\My, or the path of a .pfx file. Windows only.
    [string] $Certificate
)

$properties = @("-p:TorchDevice=$TorchDevice")
if ($Repository) { $properties += "-p:PublishArguments=-Repository $Repository$($Push ? ' -Push' : '')" }
if ($Certificate) { $properties += "-p:SignArguments=-Certificate `"$Certificate`"" }
dotnet msbuild "$PSScriptRoot/build/build.proj" -nologo -v:minimal -tl:off "-t:$Task" @properties
exit $LASTEXITCODE

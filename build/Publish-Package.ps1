<#
.SYNOPSIS
    Publishes the package that New-Package.ps1 made to a registered repository; without -Push says what it would do.
.EXAMPLE
    ./build.ps1 -Task Publish -Repository PSGallery -Push
    The key comes from the environment variable DEEPPS_API_KEY.
#>
param(
    # The name of the repository, of Register-PSResourceRepository.
    [Parameter(Mandatory)] [string] $Repository,

    # The package. Default: the one in artifacts.
    [string] $Package,

    # Whether the package is really published.
    [switch] $Push
)

$ErrorActionPreference = 'Stop'
if (-not $Package) {
    $found = @(Get-ChildItem (Join-Path (Split-Path $PSScriptRoot) artifacts) -Filter *.nupkg)
    if ($found.Count -ne 1) { throw "Expected one package in artifacts, found $($found.Count). Run the task Pack." }
    $Package = $found[0].FullName
}

$target = Get-PSResourceRepository $Repository -ErrorAction Ignore
if (-not $target) {
    throw "There is no repository '$Repository'. Register it: Register-PSResourceRepository $Repository ADDRESS"
}
$what = '{0} ({1:N1} MB) to {2} ({3})' -f (Split-Path $Package -Leaf), ((Get-Item $Package).Length / 1MB), $target.Name,
$target.Uri
if (-not $Push) {
    "Would publish $what. Add -Push to do so."
    return
}
$key = $env:DEEPPS_API_KEY ? @{ ApiKey = $env:DEEPPS_API_KEY } : @{}
Publish-PSResource -NupkgPath $Package -Repository $Repository @key
"Published $what."

<#
.SYNOPSIS
    Completes the gathered module and makes the NuGet package artifacts/DeepPS.VERSION.nupkg of it.
.DESCRIPTION
    Called by build/pack.proj. From the same sources it makes the same bytes: entries are sorted and have one fixed
    time. The project has no public address in this repository, so -ProjectUri and -LicenseUri are given at release.
#>
param(
    # The gathered module.
    [Parameter(Mandatory)] [string] $Module,

    # The NuGet folder, with the packages whose licences are copied.
    [Parameter(Mandatory)] [string] $Packages,

    # The label of a version before the release, such as beta1.
    [string] $Prerelease,

    [uri] $ProjectUri,

    [uri] $LicenseUri,

    # Only makes the package, of a module that is complete and may be signed.
    [switch] $Complete
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
. "$PSScriptRoot/Archive.ps1"

$root = Split-Path $PSScriptRoot
$artifacts = Split-Path $Module

if (-not $Complete) { . "$PSScriptRoot/Complete-Module.ps1" }

# What must not be in a package.
$files = Get-ChildItem $Module -Recurse -File
$wrong = $files.Where{ $_.Extension -in '.pdb', '.dbg' -or $_.Name -match '^(lib)?(torch_cpu|torch_cuda|c10)\.' }
if ($wrong) { throw "These files must not be in the package: $($wrong.FullName -join ', ')" }
foreach ($file in $files) {
    $content = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($file.FullName))
    $inUtf16 = [System.Text.Encoding]::Latin1.GetString([System.Text.Encoding]::Unicode.GetBytes($root))
    if ($content.Contains($root) -or $content.Contains($inUtf16)) {
        throw "$($file.FullName) contains the path of this build, $root."
    }
}

# PSResourceGet writes the description that the Gallery expects; the archive around it is made here.
Get-ChildItem $artifacts -Filter DeepPS.*.nupkg | Remove-Item
$work = Join-Path $artifacts pack/compressed
Remove-Item $work -Recurse -ErrorAction Ignore
$null = New-Item -ItemType Directory $work
Compress-PSResource -Path $Module -DestinationPath $work
$compressed = Get-ChildItem $work -Filter *.nupkg
$package = Join-Path $artifacts $compressed.Name
Write-DeterministicPackage $package $Module (Get-PackageDescription $compressed.FullName "$Module/CHANGELOG.md")
Remove-Item $work -Recurse
$size = (Get-Item $package).Length
if ($size -gt 250MB) { throw "$package has $size bytes; the PowerShell Gallery takes 250 MB at most." }
$unpacked = ($files | Measure-Object Length -Sum).Sum
'Packed: {0}, {1:N1} MB ({2:N1} MB in {3} files)' -f $package, ($size / 1MB), ($unpacked / 1MB), $files.Count

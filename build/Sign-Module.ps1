<#
.SYNOPSIS
    Signs the scripts, the manifest, the formats and our own assemblies of the packed module, on Windows.
.DESCRIPTION
    Run it after the task Pack; then the package is made again from the signed files. Libraries of others keep their
    own signatures.
#>
param(
    # A certificate for code signing: its thumbprint in Cert:\CurrentUser\My, or the path of a .pfx file.
    [Parameter(Mandatory)] [string] $Certificate,

    # The address of a time stamp server. Without one the signatures end with the certificate.
    [uri] $TimestampServer,

    # The packed module.
    [string] $Module = (Join-Path (Split-Path $PSScriptRoot) artifacts/DeepPS)
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
    throw 'Signing needs Windows: this PowerShell has no Set-AuthenticodeSignature.'
}
if (-not (Test-Path "$Module/DeepPS.psd1")) { throw "There is no packed module in $Module. Run the task Pack first." }
$signer = (Test-Path $Certificate) ? (Get-PfxCertificate $Certificate) : (Get-Item "Cert:\CurrentUser\My\$Certificate")
$files = Get-ChildItem $Module -Recurse -File |
    Where-Object { $_.Extension -in '.ps1', '.psm1', '.psd1', '.ps1xml' -or $_.Name -match '^DeepPS.*\.dll$' }
$more = $TimestampServer ? @{ TimestampServer = $TimestampServer } : @{}
foreach ($file in $files) {
    $signature = Set-AuthenticodeSignature -LiteralPath $file -Certificate $signer -HashAlgorithm SHA256 @more
    if ($signature.Status -ne 'Valid') { throw "$file was not signed: $($signature.StatusMessage)" }
}
"Signed $($files.Count) files in $Module."
